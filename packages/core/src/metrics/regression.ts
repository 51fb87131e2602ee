import { checkLengths } from "./confusion.ts";

/** Sums over valid pixels or points, which can be pooled over a test set before anything is divided. */
export interface ErrorSums {
  readonly count: number;
  /** Σ |prediction − truth| */
  readonly absolute: number;
  /** Σ (prediction − truth)² */
  readonly squared: number;
  /** Σ |prediction − truth| / |truth|; infinite where some truth is 0. */
  readonly relative: number;
}

/** Errors over all pooled points; null where the points do not define them. */
export interface RegressionScores {
  readonly meanSquaredError: number | null;
  readonly rootMeanSquaredError: number | null;
  readonly absoluteError: number | null;
  /** Null also where some truth is 0. */
  readonly relativeError: number | null;
}

/** The sums of no points. */
export const noErrors: ErrorSums = { count: 0, absolute: 0, squared: 0, relative: 0 };

/**
 * Sums of errors over the points that are valid.
 *
 * @param ignored a true value that marks a point as not measured (0 for depth); such points are left out
 * @throws MetabenchError `contract-broken` if the lengths differ.
 */
export function errorSums(
  truth: ArrayLike<number>,
  predictions: ArrayLike<number>,
  ignored?: number,
): ErrorSums {
  checkLengths(truth, predictions);
  let { count, absolute, squared, relative } = noErrors;
  for (let i = 0; i < truth.length; i += 1) {
    const actual = truth[i] ?? 0;
    if (actual === ignored) continue;
    const error = Math.abs((predictions[i] ?? 0) - actual);
    count += 1;
    absolute += error;
    squared += error * error;
    relative += actual === 0 ? Infinity : error / Math.abs(actual);
  }
  return { count, absolute, squared, relative };
}

/** The sums of two sets of points together. */
export function addErrorSums(a: ErrorSums, b: ErrorSums): ErrorSums {
  return {
    count: a.count + b.count,
    absolute: a.absolute + b.absolute,
    squared: a.squared + b.squared,
    relative: a.relative + b.relative,
  };
}

/** Errors pooled over points, not averaged over images. The root is taken last. */
export function regressionScores({ count, absolute, squared, relative }: ErrorSums): RegressionScores {
  if (count === 0)
    return { meanSquaredError: null, rootMeanSquaredError: null, absoluteError: null, relativeError: null };
  return {
    meanSquaredError: squared / count,
    rootMeanSquaredError: Math.sqrt(squared / count),
    absoluteError: absolute / count,
    relativeError: relative === Infinity ? null : relative / count,
  };
}
