import { MetabenchError } from "../errors.ts";

/**
 * The p-quantile by linear interpolation between order statistics (Hyndman and Fan's type 7, numpy's default).
 *
 * @throws MetabenchError `invalid-usage` if there are no values or p is outside 0…1.
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (values.length === 0 || !(p >= 0 && p <= 1))
    throw new MetabenchError(
      "invalid-usage",
      `The ${p}-quantile of ${values.length} values is not defined; give at least one value and a p of 0 to 1.`,
    );
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? 0;
  return low + (position - below) * (high - low);
}

/** The 0.5-{@link quantile}. Throws as it does. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
