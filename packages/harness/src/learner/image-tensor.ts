import type { ImageShape, Normalisation } from "@metabench/core";
import { tensor4d } from "@tensorflow/tfjs-core";
import type { ImageChange } from "./image-augmentation.ts";
import type { ImageReader } from "./image-reader.ts";
import { fitsResident, residentImages } from "./resident-images.ts";

/**
 * Reads images out of bytes `[count, height, width, channels]`; `change` is made to each as it is read.
 *
 * Images that stay as they are, and fit, are normalised all together at the first reading and lie in the backend's memory from then on, where one
 * operation gathers those asked for. Others are normalised as they are read. Both give the same bits.
 */
export function imageReader(
  images: Uint8Array,
  shape: ImageShape,
  normalisation: Normalisation,
  change?: ImageChange,
): ImageReader {
  const size = shape[0] * shape[1] * shape[2];
  const read = tableReader(images, shape, normalisation, change);
  if (change !== undefined || !fitsResident(images.length)) return { at: read, release: () => undefined };
  return residentImages(() => read(Uint32Array.from({ length: images.length / size }, (_, at) => at)));
}

/** Reads by table: one look-up a pixel. */
function tableReader(
  images: Uint8Array,
  shape: ImageShape,
  { mean, deviation }: Normalisation,
  change?: ImageChange,
): ImageReader["at"] {
  const [height, width, channels] = shape;
  const size = height * width * channels;
  const tables = Array.from({ length: channels }, (_, channel) =>
    Float32Array.from(
      { length: 256 },
      (_, byte) => (byte / 255 - (mean[channel] ?? 0)) / (deviation[channel] ?? 1),
    ),
  );
  const toInputs = channels === 1 ? byOneTable(tables[0] ?? new Float32Array(256)) : byTables(tables);

  return (positions) => {
    const values = new Float32Array(positions.length * size);
    for (let image = 0; image < positions.length; image += 1) {
      const from = (positions[image] ?? 0) * size;
      toInputs(images.subarray(from, from + size), values.subarray(image * size));
      change?.(values.subarray(image * size, (image + 1) * size));
    }
    return tensor4d(values, [positions.length, height, width, channels]);
  };
}

/** Looks every byte of an image up and writes what it stands for. */
type Lookup = (bytes: Uint8Array, into: Float32Array) => void;

// A byte is in every table, and an index below the length in every array: the assertions spare a test a pixel.
/* eslint-disable @typescript-eslint/no-non-null-assertion */
const byOneTable =
  (table: Float32Array): Lookup =>
  (bytes, into) => {
    for (let at = 0; at < bytes.length; at += 1) into[at] = table[bytes[at]!]!;
  };

const byTables =
  (tables: readonly Float32Array[]): Lookup =>
  (bytes, into) => {
    const channels = tables.length;
    for (const [channel, table] of tables.entries())
      for (let at = channel; at < bytes.length; at += channels) into[at] = table[bytes[at]!]!;
  };
/* eslint-enable @typescript-eslint/no-non-null-assertion */
