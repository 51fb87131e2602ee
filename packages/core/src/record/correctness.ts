import { MetabenchError } from "../errors.ts";

/** Global of every browser and of Node; the types of neither are loaded here. */
declare function atob(base64: string): string;

/**
 * Unpacks the correctness of each test example from a record.
 *
 * @param packed base64, one bit an example, most significant bit of each byte first
 * @param examples how many bits count; the last byte's rest is padding
 * @returns 1 where the prediction was right, 0 elsewhere, `[examples]`
 * @throws MetabenchError `invalid-record` where the text holds fewer or more bytes than the examples need
 */
export function unpackCorrectness(packed: string, examples: number): number[] {
  const bytes = atob(packed);
  if (bytes.length !== Math.ceil(examples / 8))
    throw new MetabenchError(
      "invalid-record",
      `A record packs the correctness of ${String(examples)} examples into ${String(bytes.length)} bytes, ` +
        `${String(Math.ceil(examples / 8))} were expected. Delete the record and run its trial again.`,
    );
  return Array.from({ length: examples }, (_, i) => (bytes.charCodeAt(i >> 3) >> (7 - (i & 7))) & 1);
}
