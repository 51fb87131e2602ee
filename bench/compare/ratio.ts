/**
 * The middle of a list of numbers, or the mean of the two in the middle.
 *
 * @throws RangeError for an empty list
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError("no median of nothing");
  return (lower + upper) / 2;
}

/** Milliseconds a unit of processes that work side by side, each at its own milliseconds a unit: rates add up. */
export const together = (milliseconds: readonly number[]): number =>
  1 / milliseconds.reduce((rate, one) => rate + 1 / one, 0);

/** One measurement of each side, one right after the other: milliseconds a unit. */
export interface Pair {
  readonly ours: number;
  readonly peer: number;
}

/** What pairs come to. A ratio is peer / ours: above 1 we are faster. */
export interface Comparison {
  readonly ours_ms: number;
  readonly peer_ms: number;
  /** Median of the pairs' ratios, which a slow spell of the machine moves less than the ratio of medians. */
  readonly ratio: number;
  readonly ratio_min: number;
  readonly ratio_max: number;
}

/**
 * Medians over pairs.
 *
 * @throws RangeError for no pairs
 */
export function compare(pairs: readonly Pair[]): Comparison {
  const ratios = pairs.map(({ ours, peer }) => peer / ours);
  return {
    ours_ms: median(pairs.map(({ ours }) => ours)),
    peer_ms: median(pairs.map(({ peer }) => peer)),
    ratio: median(ratios),
    ratio_min: Math.min(...ratios),
    ratio_max: Math.max(...ratios),
  };
}
