import type { ImageShape, MetabenchError, Normalisation } from "@metabench/core";

/** Checks that a normalisation has one mean and one deviation per channel (per feature). */
export function checkNormalisation(
  { mean, deviation }: Normalisation,
  channels: number,
  broken: (what: string) => MetabenchError,
): void {
  if (mean.length !== channels || deviation.length !== channels)
    throw broken(
      `normalisation has ${String(mean.length)} means and ${String(deviation.length)} deviations for ${String(channels)} channels`,
    );
}

/** How many images some bytes are. @throws what `broken` makes where it is none, or no whole number */
export function countImages(
  split: string,
  { length }: Uint8Array,
  [height, width, channels]: ImageShape,
  broken: (what: string) => MetabenchError,
): number {
  const examples = length / (height * width * channels);
  if (Number.isInteger(examples) && examples > 0) return examples;
  throw broken(
    `${split} has ${String(length)} image bytes, which is no whole number of ${String(height)}×${String(width)}×${String(channels)} images`,
  );
}

/** Checks labels: as many as examples, each below the number of classes. */
export function checkLabels(
  split: string,
  what: string,
  labels: ArrayLike<number>,
  { examples, classes }: { readonly examples: number; readonly classes: number },
  broken: (what: string) => MetabenchError,
): void {
  if (labels.length !== examples)
    throw broken(`${split} has ${String(examples)} images and ${String(labels.length)} ${what}`);
  const wrong = Array.prototype.findIndex.call(labels, (label: number) => label >= classes);
  if (wrong !== -1)
    throw broken(
      `${split} example ${String(wrong)} is of class ${String(labels[wrong])}, but ${what} are below ${String(classes)}`,
    );
}
