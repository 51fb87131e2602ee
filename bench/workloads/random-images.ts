import { randomStream, type ClassifiedImages, type MultiTaskImages } from "@metabench/core";

const side = 28;
const image = [side, side, 1] as const;
const normalisation = { mean: [0.5], deviation: [0.5] };

/** Images of each class, as Omniglot has them. */
export const imagesPerClass = 20;

/** So many grey images of 28×28 random pixels: what they show moves no time. */
export function randomImages(count: number, name: string): Uint8Array {
  const random = randomStream(`bench/images/${name}`);
  return Uint8Array.from({ length: count * side * side }, () => random.below(256));
}

/** Class of each image, class by class. */
export const classLabels = (classes: number): Uint16Array =>
  Uint16Array.from({ length: classes * imagesPerClass }, (_, at) => Math.floor(at / imagesPerClass));

function classifiedSplit(classes: number, name: string) {
  return {
    images: randomImages(classes * imagesPerClass, name),
    labels: classLabels(classes),
    classNames: Array.from({ length: classes }, (_, at) => `class ${String(at)}`),
  };
}

/** Random images of Omniglot's shape to train on; without a test split. */
export function classifiedImages(): Pick<ClassifiedImages, "image" | "normalisation"> & {
  readonly splits: Pick<ClassifiedImages["splits"], "train" | "validation">;
} {
  return {
    image,
    normalisation,
    splits: { train: classifiedSplit(100, "train"), validation: classifiedSplit(5, "validation") },
  };
}

function multiTaskSplit(examples: number, name: string) {
  const random = randomStream(`bench/targets/${name}`);
  const targets = () => Uint8Array.from({ length: examples }, () => random.below(10));
  return { images: randomImages(examples, name), targets: { left: targets(), right: targets() } };
}

/** Random images of MultiMNIST's shape with two tasks of ten classes; without a test split. */
export function multiTaskImages(): Pick<MultiTaskImages, "image" | "normalisation" | "tasks"> & {
  readonly splits: Pick<MultiTaskImages["splits"], "train" | "validation">;
} {
  const task = (id: string) => ({ id, kind: "classification" as const, classes: 10 });
  return {
    image,
    normalisation,
    tasks: [task("left"), task("right")],
    splits: { train: multiTaskSplit(2560, "pairs"), validation: multiTaskSplit(10, "more pairs") },
  };
}
