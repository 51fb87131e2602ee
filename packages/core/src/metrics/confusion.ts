import { MetabenchError } from "../errors.ts";

/** Counts of predictions by true class. */
export interface ConfusionMatrix {
  readonly classes: number;
  /** `[classes · classes]`, row = truth, column = prediction. */
  readonly counts: Float64Array;
}

/** A confusion matrix of nothing yet. */
export function emptyConfusion(classes: number): ConfusionMatrix {
  return { classes, counts: new Float64Array(classes * classes) };
}

/**
 * Adds predictions to a matrix in place, so that one matrix can be kept over a whole test set.
 *
 * @param ignored a label whose pixels or examples do not count, whatever was predicted there
 * @throws MetabenchError `contract-broken` if the lengths differ or a class is not an integer of 0…classes−1.
 */
export function addToConfusion(
  { classes, counts }: ConfusionMatrix,
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  ignored?: number,
): void {
  checkLengths(labels, predictions);
  for (let i = 0; i < labels.length; i += 1) {
    const label = labels[i] ?? -1;
    if (label === ignored) continue;
    const prediction = predictions[i] ?? -1;
    if (!isClass(label, classes) || !isClass(prediction, classes))
      throw new MetabenchError(
        "contract-broken",
        `Position ${i} has label ${label} and prediction ${prediction}, but there are ${classes} classes; give integers of 0 to ${classes - 1}.`,
      );
    const cell = label * classes + prediction;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
}

const isClass = (value: number, classes: number) => Number.isInteger(value) && value >= 0 && value < classes;

/** Refuses predictions that are not one for each label. */
export function checkLengths(labels: ArrayLike<number>, predictions: ArrayLike<number>): void {
  if (labels.length !== predictions.length)
    throw new MetabenchError(
      "contract-broken",
      `There are ${predictions.length} predictions for ${labels.length} labels; predict once for each.`,
    );
}

/** The matrix of one set of predictions. Arguments and errors as {@link addToConfusion}. */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
  ignored?: number,
): ConfusionMatrix {
  const matrix = emptyConfusion(classes);
  addToConfusion(matrix, labels, predictions, ignored);
  return matrix;
}

/** What a class's scores are made of. */
export interface ClassCounts {
  /** Predicted as the class, and of it. */
  readonly right: number;
  /** Of the class: right and missed. */
  readonly actual: number;
  /** Predicted as the class: right and wrong. */
  readonly predicted: number;
}

/** The counts of each class in turn. */
export function classCounts({ classes, counts }: ConfusionMatrix): ClassCounts[] {
  return Array.from({ length: classes }, (_, c) => {
    let actual = 0;
    let predicted = 0;
    for (let other = 0; other < classes; other += 1) {
      actual += counts[c * classes + other] ?? 0;
      predicted += counts[other * classes + c] ?? 0;
    }
    return { right: counts[c * classes + c] ?? 0, actual, predicted };
  });
}
