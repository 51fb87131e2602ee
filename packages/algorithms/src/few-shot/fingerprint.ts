/**
 * A name for numbers: the hash of Fowler, Noll and Vo (FNV-1a) over their float32 bits, a word and a shift at a time, as 8 hexadecimal
 * digits.
 */
export function fingerprint(values: Float32Array): string {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let hash = 0x811c9dc5;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
