import { gather, getBackend, keep, tensor1d, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import type { ImageReader } from "./image-reader.ts";

/** Values that one set of images may keep in memory: 512 MiB of float32. Omniglot's training split has half of that, CIFAR-FS' nearly all. */
const mostValues = 128 * 2 ** 20;

/** Entries of the first axis, in the order of the positions, by one operation. */
export function rowsAt<T extends Tensor>(values: T, positions: ArrayLike<number>): T {
  return gather(values, tensor1d(Int32Array.from(positions), "int32"));
}

/** Whether this number of values is kept in the backend's memory: on native TensorFlow only, since WebAssembly's memory is small. */
export function fitsResident(values: number): boolean {
  return getBackend() === "tensorflow" && values <= mostValues;
}

/** Reads from images that `make` lays down at the first reading: one gather each time. */
export function residentImages(make: () => Tensor4D): ImageReader {
  let images: Tensor4D | undefined;
  return {
    at(positions) {
      images ??= keep(make());
      return rowsAt(images, positions);
    },
    release() {
      images?.dispose();
      images = undefined;
    },
  };
}
