import { inflateSync } from "node:zlib";
import { MetabenchError } from "@metabench/core";
import { arrayOf } from "./mat-array.ts";
import { elementTypes, MatElements, type MatElement } from "./mat-elements.ts";
import type { MatValue } from "./mat-values.ts";

const headerBytes = 128;
const level4HeaderBytes = 20;
const [versionAt, orderAt] = [124, 126];
const level5 = 1;
/** No MAT-file of level 5 holds a larger variable. */
const largest = 2 ** 31 - 1;

const saveAgain = "Open the file in MATLAB or Octave and save it with the flag -v7";
const freshCopy = "Replace the file with a fresh copy";

/**
 * Reads the variables of a MATLAB MAT-file of level 5, by name: what `save` writes with the flags `-v6` and `-v7`, in either byte order.
 *
 * It reads numeric arrays, logical ones and cell arrays, compressed or not. Every other kind is named and left unread.
 *
 * "MAT-File Format": https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
 *
 * @param name what errors call the file
 * @throws MetabenchError `data-corrupt` for a file of another level, and for one that is truncated or damaged
 */
export function readMat(bytes: Uint8Array, name: string): ReadonlyMap<string, MatValue> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = checkHeader(view, name);
  try {
    const variables = new Map<string, MatValue>();
    const elements = new MatElements(viewFrom(view, headerBytes), littleEndian);
    while (!elements.done) {
      const array = arrayOf(unpacked(elements.next(), littleEndian), littleEndian);
      variables.set(array.name, array.value);
    }
    return variables;
  } catch (cause) {
    throw broken(name, cause instanceof Error ? cause.message : String(cause), freshCopy, cause);
  }
}

const broken = (name: string, what: string, advice: string, cause?: unknown) =>
  new MetabenchError("data-corrupt", `${name}: ${what}. ${advice}.`, { cause });

const viewFrom = ({ buffer, byteOffset, byteLength }: DataView, from: number) =>
  new DataView(buffer, byteOffset + from, byteLength - from);

const startsWith = (view: DataView, at: number, text: string) =>
  view.byteLength >= at + text.length &&
  [...text].every((character, i) => view.getUint8(at + i) === character.charCodeAt(0));

/** Where HDF5's signature stands: at the start, or behind a MAT-file's header. */
const hdf5At = [0, 512];

/** Says whether numbers are little-endian. */
function checkHeader(view: DataView, name: string): boolean {
  if (hdf5At.some((at) => startsWith(view, at, "\x89HDF\r\n\x1a\n")) || startsWith(view, 0, "MATLAB 7.3"))
    throw broken(name, "it is a MAT-file of version 7.3, which is HDF5 and not read here", saveAgain);
  // Level 4 begins with a binary number below 5000, level 5 with text.
  if (view.byteLength >= level4HeaderBytes && [0, 1, 2, 3].some((at) => view.getUint8(at) === 0))
    throw broken(name, "it is a MAT-file of level 4 or none at all; only level 5 is read here", saveAgain);
  if (view.byteLength < headerBytes)
    throw broken(name, `${String(view.byteLength)} bytes are too few for a MAT-file's header`, freshCopy);
  const littleEndian = startsWith(view, orderAt, "IM");
  if (!littleEndian && !startsWith(view, orderAt, "MI"))
    throw broken(name, "it is no MAT-file: its header names no byte order", freshCopy);
  const version = view.getUint16(versionAt, littleEndian) >>> 8;
  if (version !== level5)
    throw broken(name, `its header names version ${String(version)}; only level 5 is read here`, saveAgain);
  return littleEndian;
}

/** What a compressed element holds; any other element itself. */
function unpacked(element: MatElement, littleEndian: boolean): MatElement {
  if (element.type !== elementTypes.compressed) return element;
  const { buffer, byteOffset, byteLength } = element.data;
  const inflated = inflateSync(new Uint8Array(buffer, byteOffset, byteLength), { maxOutputLength: largest });
  return new MatElements(
    new DataView(inflated.buffer, inflated.byteOffset, inflated.byteLength),
    littleEndian,
  ).next();
}
