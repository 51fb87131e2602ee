import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { MetabenchError } from "@metabench/core";

/** An array of bytes with its shape, as an idx file holds it. */
export interface IdxArray {
  /** Length of each dimension, outermost first. */
  readonly shape: readonly number[];
  /** The values in row-major order. */
  readonly values: Uint8Array;
}

/** No idx file of unsigned bytes that anyone publishes comes near this; a damaged header easily asks for more. */
const largest = 2 ** 31 - 1;

const damaged = (name: string, what: string, cause?: unknown) =>
  new MetabenchError("data-corrupt", `${name}: ${what}. Replace the file with a fresh copy.`, { cause });

/**
 * Reads the bytes of an idx file of unsigned bytes: two zero bytes, type 0x08, the number of dimensions, each dimension
 * as a big-endian 32-bit word, the values. https://yann.lecun.org/exdb/mnist/ ("The IDX file format")
 *
 * @param name - what errors call the file
 * @throws MetabenchError `data-corrupt` unless the file is exactly that
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) throw damaged(name, `${String(bytes.length)} bytes are too few for an idx header`);
  const magic = view.getUint32(0);
  const dimensions = magic & 0xff;
  if (magic >>> 8 !== 0x08 || dimensions === 0)
    throw damaged(
      name,
      `magic number 0x${magic.toString(16).padStart(8, "0")} is not that of an idx file of unsigned bytes (0x000008 and the number of dimensions)`,
    );
  const header = 4 + 4 * dimensions;
  if (bytes.length < header)
    throw damaged(
      name,
      `${String(bytes.length)} bytes are too few for a header of ${String(dimensions)} dimensions`,
    );
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, length) => product * length, 1);
  if (size > largest)
    throw damaged(name, `its header claims ${shape.join("×")} values, more than ${String(largest)}`);
  if (bytes.length - header !== size)
    throw damaged(
      name,
      `its header claims ${shape.join("×")} = ${String(size)} values, it holds ${String(bytes.length - header)}`,
    );
  return { shape, values: bytes.subarray(header) };
}

/**
 * The bytes of a file, unpacked if it is gzip.
 *
 * @throws MetabenchError `data-corrupt` if the gzip stream is damaged, `data-missing` if the file cannot be read
 */
export async function readMaybeGzip(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new MetabenchError(
      "data-missing",
      `${path} cannot be read. Check that it exists and that you may read it.`,
      { cause },
    );
  });
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largest });
  } catch (cause) {
    throw damaged(basename(path), "its gzip stream is damaged or truncated", cause);
  }
}
