import { MetabenchError, splitNames, type ClassifiedImages, type MultiTaskImages } from "@metabench/core";

/**
 * Checks that the arrays a data set plugin prepared fit together: lengths, labels in range, class names distinct and
 * disjoint between the splits.
 *
 * @throws MetabenchError `contract-broken`, naming data set, split and what is wrong
 */
export function checkPrepared(id: string, data: ClassifiedImages | MultiTaskImages): void {
  const broken = (what: string) =>
    new MetabenchError("contract-broken", `Data set ${id}: ${what}. Fix its prepare function.`);
  const [height, width, channels] = data.image;
  const { mean, deviation } = data.normalisation;
  if (mean.length !== channels || deviation.length !== channels)
    throw broken(
      `normalisation has ${String(mean.length)} means and ${String(deviation.length)} deviations for ${String(channels)} channels`,
    );
  const size = height * width * channels;
  const known = new Map<string, string>();
  for (const name of splitNames) {
    const { images } = data.splits[name];
    const examples = images.length / size;
    if (!Number.isInteger(examples) || examples === 0)
      throw broken(
        `${name} has ${String(images.length)} image bytes, which is no whole number of ${String(height)}×${String(width)}×${String(channels)} images`,
      );
    const checkLabels = (what: string, labels: Uint8Array | Uint16Array, classes: number) => {
      if (labels.length !== examples)
        throw broken(`${name} has ${String(examples)} images and ${String(labels.length)} ${what}`);
      const wrong = labels.findIndex((label) => label >= classes);
      if (wrong !== -1)
        throw broken(
          `${name} example ${String(wrong)} is of class ${String(labels[wrong])}, but ${what} are below ${String(classes)}`,
        );
    };
    if (data.kind === "multi-task-images") {
      for (const task of data.tasks)
        checkLabels(
          `targets of task ${task.id}`,
          data.splits[name].targets[task.id] ?? new Uint8Array(),
          task.classes,
        );
      continue;
    }
    const { labels, classNames } = data.splits[name];
    checkLabels("labels", labels, classNames.length);
    for (const className of classNames) {
      const other = known.get(className);
      if (other !== undefined)
        throw broken(`class ${className} is in ${other} and again in ${name}; splits must be disjoint`);
      known.set(className, name);
    }
  }
}
