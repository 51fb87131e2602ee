import { blockBytes, compress } from "./sha256-compress.ts";

/** Every runtime metabench knows has it; the language's own library does not declare it. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

// The first 32 bits of the fractional parts of the square roots of the first 8 primes (FIPS 180-4, 5.3.3).
// prettier-ignore
const initialHash = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/**
 * SHA-256 as eight signed 32-bit words, most significant first. A string is hashed as its UTF-8 bytes.
 *
 * In plain JavaScript because `core` runs in a browser and must answer synchronously, which neither Web Crypto nor
 * Node's module does in both places. FIPS 180-4: https://doi.org/10.6028/NIST.FIPS.180-4
 */
export function sha256Words(message: Uint8Array | string): Int32Array {
  const bytes = typeof message === "string" ? new TextEncoder().encode(message) : message;
  const hash = new Int32Array(initialHash);
  const whole = bytes.length - (bytes.length % blockBytes);
  compress(hash, bytes, whole);

  const rest = bytes.subarray(whole);
  const tail = new Uint8Array(rest.length < blockBytes - 8 ? blockBytes : 2 * blockBytes);
  tail.set(rest);
  tail[rest.length] = 0x80;
  const length = new DataView(tail.buffer, tail.length - 8);
  length.setUint32(0, Math.floor(bytes.length / 2 ** 29));
  length.setUint32(4, bytes.length << 3);
  compress(hash, tail, tail.length);
  return hash;
}

/** SHA-256 as 64 lower-case hexadecimal digits; a string is hashed as its UTF-8 bytes. See {@link sha256Words}. */
export function sha256Hex(message: Uint8Array | string): string {
  return Array.from(sha256Words(message), (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
