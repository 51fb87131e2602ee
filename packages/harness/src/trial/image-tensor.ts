import type { ImageShape, Normalisation } from "@metabench/core";
import { tensor4d, type Tensor4D } from "@tensorflow/tfjs-core";

/** Turns bytes into network inputs, by table: one look-up a pixel. */
export interface ImageReader {
  /** Images at the given positions, normalised: `[n, height, width, channels]`. */
  at(positions: ArrayLike<number>): Tensor4D;
}

/** Reads images out of bytes `[count, height, width, channels]`. */
export function imageReader(
  images: Uint8Array,
  shape: ImageShape,
  { mean, deviation }: Normalisation,
): ImageReader {
  const [height, width, channels] = shape;
  const size = height * width * channels;
  const tables = Array.from({ length: channels }, (_, channel) =>
    Float32Array.from(
      { length: 256 },
      (_, byte) => (byte / 255 - (mean[channel] ?? 0)) / (deviation[channel] ?? 1),
    ),
  );
  const only = channels === 1 ? tables[0] : undefined;

  return {
    at(positions) {
      const values = new Float32Array(positions.length * size);
      for (let image = 0; image < positions.length; image += 1) {
        const from = (positions[image] ?? 0) * size;
        const to = image * size;
        for (let pixel = 0; pixel < size; pixel += 1) {
          const table = only ?? tables[pixel % channels];
          values[to + pixel] = table?.[images[from + pixel] ?? 0] ?? 0;
        }
      }
      return tensor4d(values, [positions.length, height, width, channels]);
    },
  };
}
