import { basename } from "node:path";
import { MetabenchError } from "@metabench/core";
import { FilePages } from "./file-pages.ts";
import { pickleInFile } from "./pickle-source.ts";
import { readPickle } from "./pickle.ts";
import { FileSlice, NumpyArray, type Slot } from "./pickle-values.ts";

/** The images of a class, in ascending index order. */
export interface CachedClass {
  readonly count: number;
  /** Reads one after the other; to be called while the file is open. */
  images(): Iterable<Uint8Array>;
}

// The training file, the largest, holds 38,400 images of 84×84×3: 813 MB.
const mostBytes = 1_000_000_000;

/**
 * Reads a file of mini-ImageNet as learn2learn publishes it: `{"image_data": uint8 [n, side, side, 3], "class_dict": {name: indices}}`.
 *
 * @param side - height and width the images must have, in pixels
 * @param arrange - takes the classes; their images stay in the file, which is open until it returns
 * @returns what `arrange` made of them
 * @throws MetabenchError `data-corrupt`, naming the file and what was expected
 */
export function readMiniImagenetCache<T>(
  path: string,
  side: number,
  arrange: (classes: ReadonlyMap<string, CachedClass>) => T,
): T {
  const file = new FilePages(path);
  try {
    return arrange(classesOf(file, side, basename(path)));
  } finally {
    file.close();
  }
}

function classesOf(file: FilePages, side: number, name: string): ReadonlyMap<string, CachedClass> {
  const wrong = (what: string) =>
    new MetabenchError(
      "data-corrupt",
      `${name} ${what}. Replace the file with a fresh copy from its publisher.`,
    );
  if (file.length > mostBytes)
    throw wrong(
      `has ${String(file.length)} bytes, more than the ${String(mostBytes)} that such a file may have`,
    );
  const content = readPickle(pickleInFile(file), name);
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
  const found = new Map<string, CachedClass>();
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
    found.set(String(key), {
      count: ascending.length,
      images: () => Iterator.from(ascending).map((index) => part(data, index * bytes, bytes)),
    });
  }
  return found;
}

const part = (data: Uint8Array | FileSlice, from: number, length: number): Uint8Array =>
  data instanceof FileSlice ? data.read(from, length) : data.subarray(from, from + length);

/** Numbers of a list, or of an array of `i4` or `i8`; undefined of anything else. */
function indicesOf(value: Slot): readonly number[] | undefined {
  if (Array.isArray(value)) return value.every((index) => typeof index === "number") ? value : undefined;
  if (!(value instanceof NumpyArray) || value.data === undefined || value.shape.length !== 1)
    return undefined;
  const { code } = value;
  const data = part(value.data, 0, value.data.length);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [length = 0] = value.shape;
  if (code === "i4") return Array.from({ length }, (_, i) => view.getInt32(i * 4, true));
  if (code === "i8") return Array.from({ length }, (_, i) => Number(view.getBigInt64(i * 8, true)));
  return undefined;
}
