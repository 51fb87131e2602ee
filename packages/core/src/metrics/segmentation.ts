import { classCounts } from "./confusion.ts";
import type { ConfusionMatrix } from "./confusion.ts";

/**
 * Mean intersection over union from one confusion matrix over the test set (never a mean over images). Classes absent
 * from truth and prediction are left out; ignored pixels never entered the matrix. Null if no class is left.
 */
export function meanIntersectionOverUnion(matrix: ConfusionMatrix): number | null {
  const present = classCounts(matrix).filter(({ actual, predicted }) => actual + predicted > 0);
  if (present.length === 0) return null;
  return (
    present.reduce((sum, { right, actual, predicted }) => sum + right / (actual + predicted - right), 0) /
    present.length
  );
}

/** Share of counted pixels with the right class; null if none were counted. */
export function pixelAccuracy(matrix: ConfusionMatrix): number | null {
  const classes = classCounts(matrix);
  const all = classes.reduce((sum, { actual }) => sum + actual, 0);
  return all === 0 ? null : classes.reduce((sum, { right }) => sum + right, 0) / all;
}
