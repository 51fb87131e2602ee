/** Every runtime metabench knows has it; the language's own library does not declare it. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
// prettier-ignore
const roundConstants = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

// The first 32 bits of the fractional parts of the square roots of the first 8 primes (FIPS 180-4, 5.3.3).
// prettier-ignore
const initialHash = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

const blockBytes = 64;
const schedule = new Int32Array(64);

/** FIPS 180-4, 6.2.2, over the whole blocks of `bytes` before `end`. The `?? 0` satisfy the type checker alone: no index leaves its array. */
function compress(hash: Int32Array, bytes: Uint8Array, end: number): void {
  let [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0] = hash;
  for (let offset = 0; offset < end; offset += blockBytes) {
    for (let t = 0, at = offset; t < 16; t += 1, at += 4)
      schedule[t] =
        ((bytes[at] ?? 0) << 24) |
        ((bytes[at + 1] ?? 0) << 16) |
        ((bytes[at + 2] ?? 0) << 8) |
        (bytes[at + 3] ?? 0);
    for (let t = 16; t < 64; t += 1) {
      const before15 = schedule[t - 15] ?? 0;
      const before2 = schedule[t - 2] ?? 0;
      const sigma0 =
        ((before15 >>> 7) | (before15 << 25)) ^ ((before15 >>> 18) | (before15 << 14)) ^ (before15 >>> 3);
      const sigma1 =
        ((before2 >>> 17) | (before2 << 15)) ^ ((before2 >>> 19) | (before2 << 13)) ^ (before2 >>> 10);
      schedule[t] = (sigma1 + (schedule[t - 7] ?? 0) + sigma0 + (schedule[t - 16] ?? 0)) | 0;
    }
    let [a, b, c, d, e, f, g, h] = [h0, h1, h2, h3, h4, h5, h6, h7];
    for (let t = 0; t < 64; t += 1) {
      const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const first = (h + sum1 + (g ^ (e & (f ^ g))) + (roundConstants[t] ?? 0) + (schedule[t] ?? 0)) | 0;
      const second = (sum0 + ((a & b) | (c & (a | b)))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
    h5 = (h5 + f) | 0;
    h6 = (h6 + g) | 0;
    h7 = (h7 + h) | 0;
  }
  hash.set([h0, h1, h2, h3, h4, h5, h6, h7]);
}

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
