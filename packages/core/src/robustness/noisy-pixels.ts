import type { Random } from "../sampling/random.ts";
import { normalIntegers } from "./normal-integers.ts";

/** The range of a pixel. */
const white = 255;

/** Adds noise to an image of bytes, in place. */
export type AddNoise = (image: Uint8Array, random: Pick<Random, "uint32">) => void;

/**
 * Gaussian noise on the pixels of images: every byte gets a normal number of standard deviation `level` · 255 and is clipped to the
 * range 0 … 255. Sums are rounded to bytes, in which images are kept.
 *
 * Streams of one name give the same draws at every level: more noise, in the same places.
 *
 * @param level standard deviation in parts of the pixel range
 * @throws MetabenchError `invalid-usage` unless it is positive
 */
export function noisyPixels(level: number): AddNoise {
  const draw = normalIntegers(level * white);
  return (image, random) => {
    for (let at = 0; at < image.length; at += 1)
      image[at] = Math.min(white, Math.max(0, (image[at] ?? 0) + draw(random)));
  };
}
