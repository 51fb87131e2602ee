import { defineDataset, randomStream, type MultiTaskImages } from "@metabench/core";
import { z } from "zod";
import {
  digitPixels,
  digitSide,
  mnistLicence,
  mnistSources,
  readMnist,
  sliceDigits,
  type Digits,
} from "./mnist.ts";

/** Side of the canvas on which two digits overlap, in pixels. */
const canvas = 36;
/** Row and column of the right digit's upper left corner; the left digit's is 0, 0. */
const rightCorner = 6;
const side = 28;
const pixels = side * side;

/** The canvas' row or column that each row or column of the result shows: nearest neighbour, ⌊(i + ½)·36/28⌋. */
const nearest = (i: number) => Math.floor(((2 * i + 1) * canvas) / (2 * side));

/** For each pixel of the result, the pixel of a digit whose corner lies at `corner`, `corner` that it shows; −1 outside the digit. */
const shownBy = (corner: number) =>
  Int32Array.from({ length: pixels }, (_, i) => {
    const [row, column] = [nearest(Math.floor(i / side)) - corner, nearest(i % side) - corner];
    const outside = Math.min(row, column) < 0 || Math.max(row, column) >= digitSide;
    return outside ? -1 : row * digitSide + column;
  });
const leftPixel = shownBy(0);
const rightPixel = shownBy(rightCorner);

/**
 * Pairs each digit, as the left one, with a right one drawn with replacement from the same part by a stream of its own.
 *
 * @param path - name of the partners' random stream
 */
export function pairDigits({ images, labels }: Digits, path: string): MultiTaskImages["splits"]["train"] {
  const count = labels.length;
  const random = randomStream(path);
  const pictures = new Uint8Array(count * pixels);
  const right = new Uint8Array(count);
  for (let left = 0; left < count; left += 1) {
    const partner = random.below(count);
    right[left] = labels[partner] ?? 0;
    for (let i = 0; i < pixels; i += 1) {
      const [ofLeft, ofRight] = [leftPixel[i] ?? -1, rightPixel[i] ?? -1];
      const ink = ofLeft < 0 ? 0 : (images[left * digitPixels + ofLeft] ?? 0);
      const other = ofRight < 0 ? 0 : (images[partner * digitPixels + ofRight] ?? 0);
      pictures[left * pixels + i] = Math.max(ink, other);
    }
  }
  return { images: pictures, targets: { left: labels.slice(), right } };
}

/**
 * MultiMNIST: two overlapping digits in one picture, the left and the right one to be named.
 *
 * MNIST's training digits are split before pairing, the first 50,000 for training and the last 10,000 for validation; the test
 * digits make the test set. So no digit is in two parts. One picture for each digit as the left one. Each part's partners come from
 * `randomStream("multi-mnist/<part>/partners")`, and never change.
 *
 * Idea: Sabour, Frosst, Hinton 2017. As two tasks on a 36×36 canvas: Sener, Koltun 2018, arXiv 1810.04650.
 */
export const multiMnist = defineDataset({
  id: "multi-mnist",
  version: "1.0.0",
  title: "MultiMNIST",
  summary:
    "Two overlapping handwritten digits in one 28×28 picture, made from MNIST; one task names the left, one the right.",
  reference: {
    title: "Dynamic Routing Between Capsules",
    authors: ["Sara Sabour", "Nicholas Frosst", "Geoffrey E. Hinton"],
    year: 2017,
    url: "https://arxiv.org/abs/1710.09829",
  },
  licence: mnistLicence,
  options: z.strictObject({}),
  sources: () => mnistSources,
  // Computed by this code from the original files; a test places digits by the definition.
  contentHash: () => "c327e3ddc0bb25619121482b1bd4f99b4912dfac66f9f28f5d6513ab2fdae1b2",
  async prepare(files) {
    const { train, test } = await readMnist(files);
    return {
      kind: "multi-task-images",
      image: [side, side, 1],
      // Mean and deviation of MNIST's training pixels, as everyone uses them.
      normalisation: { mean: [0.1307], deviation: [0.3081] },
      tasks: [
        { id: "left", kind: "classification", classes: 10 },
        { id: "right", kind: "classification", classes: 10 },
      ],
      splits: {
        train: pairDigits(sliceDigits(train, 0, 50_000), "multi-mnist/train/partners"),
        validation: pairDigits(sliceDigits(train, 50_000, 60_000), "multi-mnist/validation/partners"),
        test: pairDigits(test, "multi-mnist/test/partners"),
      },
    };
  },
});
