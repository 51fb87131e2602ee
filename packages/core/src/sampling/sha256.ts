import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * SHA-256, 32 bytes. A string is hashed as its UTF-8 bytes.
 *
 * A library in JavaScript, because `core` runs in a browser and must answer synchronously: Web Crypto does not.
 */
const digest = (message: Uint8Array | string) =>
  sha256(typeof message === "string" ? utf8ToBytes(message) : message);

/** SHA-256 as eight signed 32-bit words, most significant first. A string is hashed as its UTF-8 bytes. */
export function sha256Words(message: Uint8Array | string): Int32Array {
  const bytes = new DataView(digest(message).buffer);
  const words = new Int32Array(8);
  for (let word = 0; word < 8; word += 1) words[word] = bytes.getInt32(4 * word);
  return words;
}

/** SHA-256 as 64 lower-case hexadecimal digits. A string is hashed as its UTF-8 bytes. */
export function sha256Hex(message: Uint8Array | string): string {
  return bytesToHex(digest(message));
}
