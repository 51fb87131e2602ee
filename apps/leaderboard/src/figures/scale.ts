/** A linear scale from values to 0 … width. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  at(value: number): number;
}

/**
 * A scale that holds every value, its ends round numbers.
 *
 * @param width length on paper
 */
export function scaleOf(values: readonly number[], width: number): Scale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const span = Number.isFinite(most - least) && most > least ? most - least : 1;
  const step = 10 ** Math.floor(Math.log10(span)) / 2;
  const low = Number.isFinite(least) ? Math.floor(least / step) * step : 0;
  const high = Number.isFinite(most) ? Math.max(Math.ceil(most / step) * step, low + step) : 1;
  return { low, high, at: (value) => ((value - low) / (high - low)) * width };
}
