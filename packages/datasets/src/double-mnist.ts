import { defineDataset, randomStream, type ClassifiedImages, type SplitName } from "@metabench/core";
import { z } from "zod";
import { areaAverage } from "./area-average.ts";
import {
  digitSide,
  mnistLicence,
  mnistSources,
  positionsByDigit,
  readMnist,
  type Digits,
  type Mnist,
} from "./mnist.ts";

const canvas = 64;
/** Images of a class. */
const perClass = 1000;

/** The published classes of validation and test; the other 64 train. */
const heldOut = {
  validation: "03 07 10 22 27 34 39 40 48 52 58 61 64 71 93 99".split(" "),
  test: "02 17 25 32 36 46 47 49 55 57 66 67 68 73 78 80 83 86 92 96".split(" "),
} as const;

const allClasses = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));
const others = new Set<string>([...heldOut.validation, ...heldOut.test]);

/** Names of the classes of each split, in ascending order. */
export const doubleMnistClasses: Readonly<Record<SplitName, readonly string[]>> = {
  train: allClasses.filter((name) => !others.has(name)),
  ...heldOut,
};

/** Hashes of the content under each choice of options, computed by this code from the original files. */
const contentHashes = {
  separate: {
    28: "c4e3476b679e00d69716323e6dca5a67c4b10d7f114e7a45ede899e70650ece5",
    64: "184c5b0fdaaaddb403e00aa89c29ccb5a71a21e79aa8b39083e350e816db8af6",
  },
  shared: {
    28: "6cca59c1f45c04c7773def8f5f087f9b57ad300813f0239ff5c9882b0ece5bdf",
    64: "29f9c8f8be43dbcc5164829f875db7644a9082c9d94c19d7f323e484911112b8",
  },
} as const;

/** Digits to draw from, and where each of 0 to 9 is among them. */
export interface DigitPool extends Digits {
  readonly positions: readonly Uint32Array[];
}

/** A pool of all the given digits. */
export function digitPool(digits: Digits): DigitPool {
  return { ...digits, positions: positionsByDigit(digits.labels) };
}

const options = z.strictObject({
  /** Side of an image in pixels: 64 as published, 28 its area average. */
  size: z.literal([28, 64]).default(64),
  /** `separate`: test classes are drawn from MNIST's test digits, the others from its training digits; `shared`: all from all, as published. */
  digits: z.enum(["separate", "shared"]).default("separate"),
});
type Options = z.output<typeof options>;

/**
 * The images of one class, written to `target` from `offset` on as `[count, size, size]`.
 *
 * Draws for each image, in this order, from `randomStream("double-mnist/<digits>/<class>")`: the first digit's image, the second's,
 * row and column of the first, row and column of the second. The size moves no draw.
 */
export function drawClass(
  name: string,
  pool: DigitPool,
  { size, digits }: Options,
  target: Uint8Array,
  offset: number,
  count: number = perClass,
): void {
  const random = randomStream(`double-mnist/${digits}/${name}`);
  const [first, second] = [Number(name[0]), Number(name[1])].map(
    (digit) => pool.positions[digit] ?? new Uint32Array(),
  );
  const draw = (positions: Uint32Array = new Uint32Array()) => positions[random.below(positions.length)] ?? 0;
  const place = (picture: Uint8Array, digit: number, row: number, column: number) => {
    for (let y = 0; y < digitSide; y += 1) {
      const start = (digit * digitSide + y) * digitSide;
      picture.set(pool.images.subarray(start, start + digitSide), (row + y) * canvas + column);
    }
  };
  const shrink = areaAverage(canvas, size);
  const picture = new Uint8Array(canvas * canvas);
  for (let i = 0; i < count; i += 1) {
    const left = draw(first);
    const right = draw(second);
    const [leftRow, leftColumn] = [random.below(canvas - digitSide), random.below(canvas / 2 - digitSide)];
    const [rightRow, rightColumn] = [random.below(canvas - digitSide), random.below(canvas / 2 - digitSide)];
    picture.fill(0);
    place(picture, left, leftRow, leftColumn);
    place(picture, right, rightRow, canvas / 2 + rightColumn);
    if (size === canvas) target.set(picture, offset + i * canvas * canvas);
    else shrink(picture, target, offset + i * size * size);
  }
}

function drawSplit(
  names: readonly string[],
  pool: DigitPool,
  chosen: Options,
): ClassifiedImages["splits"]["train"] {
  const classSize = perClass * chosen.size * chosen.size;
  const images = new Uint8Array(names.length * classSize);
  const labels = new Uint16Array(names.length * perClass);
  names.forEach((name, label) => {
    drawClass(name, pool, chosen, images, label * classSize);
    labels.fill(label, label * perClass, (label + 1) * perClass);
  });
  return { images, labels, classNames: names };
}

function pools({ train, test }: Mnist, digits: Options["digits"]): Readonly<Record<SplitName, DigitPool>> {
  if (digits === "separate") {
    const pool = digitPool(train);
    return { train: pool, validation: pool, test: digitPool(test) };
  }
  const join = (a: Uint8Array, b: Uint8Array) => {
    const joined = new Uint8Array(a.length + b.length);
    joined.set(a);
    joined.set(b, a.length);
    return joined;
  };
  const all = digitPool({ images: join(train.images, test.images), labels: join(train.labels, test.labels) });
  return { train: all, validation: all, test: all };
}

/**
 * DoubleMNIST: 100 classes of two-digit numbers, 1000 images each.
 *
 * A 64×64 canvas, the first digit in the left half and the second in the right, each at a random row offset of 0 to 35 and column
 * offset of 0 to 3 of its half. https://github.com/shaohua0116/MultiDigitMNIST
 */
export const doubleMnist = defineDataset({
  id: "double-mnist",
  version: "1.0.0",
  title: "DoubleMNIST",
  summary:
    "100 classes of two-digit numbers, 1000 images each, made from MNIST; 64 classes train, 16 validate, 20 test.",
  reference: {
    title: "MultiDigitMNIST for Few-shot Learning",
    authors: ["Shao-Hua Sun"],
    year: 2019,
    url: "https://github.com/shaohua0116/MultiDigitMNIST",
  },
  licence: mnistLicence,
  options,
  sources: () => mnistSources,
  contentHash: ({ digits, size }) => contentHashes[digits][size],
  async prepare(files, chosen) {
    const pool = pools(await readMnist(files), chosen.digits);
    const split = (name: SplitName) => drawSplit(doubleMnistClasses[name], pool[name], chosen);
    return {
      kind: "classified-images",
      image: [chosen.size, chosen.size, 1],
      normalisation: { mean: [0], deviation: [1] },
      splits: { train: split("train"), validation: split("validation"), test: split("test") },
    };
  },
});
