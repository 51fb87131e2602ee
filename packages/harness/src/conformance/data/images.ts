import { randomStream } from "@metabench/core";
import type { ImageShape, Normalisation, Random } from "@metabench/core";

const side = 16;

/** Shape of every generated image. */
export const image: ImageShape = [side, side, 1];
/** Bytes become −1 … 1. */
export const normalisation: Normalisation = { mean: [0.5], deviation: [0.5] };

/** Five by five blocks of light and dark: what the images of one class have in common. */
const patternOf = (name: string): readonly number[] => {
  const drawing = randomStream(`conformance/pattern/${name}`);
  return Array.from({ length: 25 }, () => 64 + 128 * drawing.below(2));
};

function draw(pixels: Uint8Array, pattern: readonly number[], random: Random): void {
  const [down, right] = [random.below(2), random.below(2)];
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const block = 5 * Math.floor((y + down) / 4) + Math.floor((x + right) / 4);
      pixels[y * side + x] = (pattern[block] ?? 0) - 32 + random.below(64);
    }
}

/** `perClass` images of each class, class by class: the class's pattern, shifted by up to a pixel, in noise. */
export function patternImages(classes: readonly string[], perClass: number): Uint8Array {
  const size = side * side;
  const pixels = new Uint8Array(classes.length * perClass * size);
  for (const [label, name] of classes.entries()) {
    const random = randomStream(`conformance/images/${name}`);
    const pattern = patternOf(name);
    for (let copy = 0; copy < perClass; copy += 1) {
      const from = (label * perClass + copy) * size;
      draw(pixels.subarray(from, from + size), pattern, random);
    }
  }
  return pixels;
}
