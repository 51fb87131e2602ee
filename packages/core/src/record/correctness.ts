import { fromBase64, toBase64 } from "../encoding/base64.ts";
import { MetabenchError } from "../errors.ts";

/**
 * Packs the correctness of each test example for a record.
 *
 * @param correct whether each prediction was right, `[examples]`
 * @returns base64 of one bit per example, most significant bit of each byte first; the last byte is padded with zeros
 */
export function packCorrectness(correct: readonly boolean[]): string {
  const bytes = new Uint8Array(Math.ceil(correct.length / 8));
  for (const [at, right] of correct.entries())
    if (right) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
  return toBase64(bytes);
}

/**
 * Unpacks what {@link packCorrectness} packed.
 *
 * @param packed base64, one bit per example, most significant bit of each byte first
 * @param examples how many bits count; the rest of the last byte is padding
 * @returns 1 where the prediction was right, 0 elsewhere, `[examples]`
 * @throws MetabenchError `invalid-record` where the text holds fewer or more bytes than the examples need
 */
export function unpackCorrectness(packed: string, examples: number): number[] {
  const bytes = fromBase64(packed);
  if (bytes.length !== Math.ceil(examples / 8))
    throw new MetabenchError(
      "invalid-record",
      `A record packs the correctness of ${String(examples)} examples into ${String(bytes.length)} bytes, ` +
        `${String(Math.ceil(examples / 8))} were expected. Delete the record and run its trial again.`,
    );
  return Array.from({ length: examples }, (_, i) => ((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
}
