import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { MetabenchError } from "@metabench/core";
import { readPickle } from "./pickle.ts";
import { NumpyArray, type Slot } from "./pickle-values.ts";

// The training file, the largest, holds 38,400 images of 84×84×3: 813 MB.
const mostBytes = 1_000_000_000;

/**
 * Reads a file of mini-ImageNet as learn2learn publishes it: `{"image_data": uint8 [n, side, side, 3], "class_dict": {name: indices}}`.
 *
 * @param side - height and width the images must have, in pixels
 * @returns the images of each class, in ascending index order; views of the file's bytes
 * @throws MetabenchError `data-corrupt`, naming the file and what was expected
 */
export async function readMiniImagenetCache(
  path: string,
  side: number,
): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
  const name = basename(path);
  const wrong = (what: string) =>
    new MetabenchError(
      "data-corrupt",
      `${name} ${what}. Replace the file with a fresh copy from its publisher.`,
    );
  const { size } = await stat(path);
  if (size > mostBytes)
    throw wrong(`has ${String(size)} bytes, more than the ${String(mostBytes)} that such a file may have`);
  const content = readPickle(await readFile(path), name);
  const field = (key: string) => (content instanceof Map ? content.get(key) : undefined);
  const images = field("image_data");
  const classes = field("class_dict");
  if (!(images instanceof NumpyArray) || images.code !== "u1" || images.data === undefined)
    throw wrong("has no array of bytes called image_data");
  const [count = 0, ...extents] = images.shape;
  if (extents.join() !== [side, side, 3].join())
    throw wrong(
      `has image_data of shape [${images.shape.join(", ")}], not [images, ${String(side)}, ${String(side)}, 3]`,
    );
  if (!(classes instanceof Map)) throw wrong("has no dictionary called class_dict");

  const bytes = side * side * 3;
  const { data } = images;
  const taken = new Set<number>();
  const found = new Map<string, readonly Uint8Array[]>();
  for (const [key, value] of classes) {
    const indices = indicesOf(value);
    const right = indices?.every((index) => Number.isInteger(index) && index >= 0 && index < count) === true;
    if (indices === undefined || !right)
      throw wrong(`gives class ${String(key)} no list of indices below ${String(count)}`);
    for (const index of indices) {
      if (taken.has(index)) throw wrong(`gives image ${String(index)} to two classes or twice to one`);
      taken.add(index);
    }
    const ascending = indices.toSorted((a, b) => a - b);
    found.set(
      String(key),
      ascending.map((index) => data.subarray(index * bytes, (index + 1) * bytes)),
    );
  }
  return found;
}

/** Numbers of a list, or of an array of `i4` or `i8`; undefined of anything else. */
function indicesOf(value: Slot): readonly number[] | undefined {
  if (Array.isArray(value)) return value.every((index) => typeof index === "number") ? value : undefined;
  if (!(value instanceof NumpyArray) || value.data === undefined || value.shape.length !== 1)
    return undefined;
  const { data, code } = value;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [length = 0] = value.shape;
  if (code === "i4") return Array.from({ length }, (_, i) => view.getInt32(i * 4, true));
  if (code === "i8") return Array.from({ length }, (_, i) => Number(view.getBigInt64(i * 8, true)));
  return undefined;
}
