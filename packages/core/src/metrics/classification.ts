import { MetabenchError } from "../errors.ts";
import { checkLengths, classCounts } from "./confusion.ts";
import type { ConfusionMatrix } from "./confusion.ts";

/** Means over classes, each of 0…1. */
export interface MacroScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/**
 * Share of predictions that equal their label.
 *
 * @throws MetabenchError `contract-broken` if the lengths differ, `invalid-usage` without any label.
 */
export function accuracy(labels: ArrayLike<number>, predictions: ArrayLike<number>): number {
  checkLengths(labels, predictions);
  if (labels.length === 0)
    throw new MetabenchError(
      "invalid-usage",
      "The accuracy of no predictions is not defined; give at least one.",
    );
  let right = 0;
  for (let i = 0; i < labels.length; i += 1) if (labels[i] === predictions[i]) right += 1;
  return right / labels.length;
}

const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/**
 * Precision, recall and F1 as means over *all* classes of the matrix of the class's own value, 0 where it is undefined
 * (never predicted, or never there). F1 is the mean of the classes' F1, not the F1 of the two means.
 */
export function macroScores(matrix: ConfusionMatrix): MacroScores {
  let precision = 0;
  let recall = 0;
  let f1 = 0;
  for (const { right, actual, predicted } of classCounts(matrix)) {
    precision += ratio(right, predicted) / matrix.classes;
    recall += ratio(right, actual) / matrix.classes;
    f1 += ratio(2 * right, actual + predicted) / matrix.classes;
  }
  return { precision, recall, f1 };
}
