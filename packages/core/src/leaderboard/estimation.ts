import {
  accuracyInterval,
  crossedInterval,
  mean,
  pairedDifference,
  type IntervalNote,
} from "../statistics/index.ts";
import type { Difference, Estimate } from "./estimate.ts";
import type { Headline } from "./leaderboard.ts";
import type { Items } from "./measurements.ts";

const basis = (note: IntervalNote | undefined): Estimate["basis"] => note ?? "seeds and episodes";

/**
 * Mean of `[seeds][items]` with its 95 % interval: two-way random effects with several seeds, Student's t over items with one,
 * Wilson's where every accuracy is 0 or every one is 1; no interval for a single value.
 */
export function estimateOf(matrix: readonly Items[], headline: Pick<Headline, "unit">): Estimate {
  const items = matrix[0]?.length ?? 0;
  const size = { seeds: matrix.length, items };
  if (matrix.length * items === 1)
    return {
      mean: mean(matrix[0] ?? []),
      low: null,
      high: null,
      basis: "episode noise only",
      method: "none: a single value",
      degreesOfFreedom: null,
      components: null,
      ...size,
    };
  const interval = headline.unit === "share" ? accuracyInterval(matrix) : crossedInterval(matrix);
  return {
    mean: interval.mean,
    low: interval.low,
    high: interval.high,
    basis: basis(interval.note),
    method: interval.method,
    degreesOfFreedom: interval.degreesOfFreedom ?? null,
    components: interval.components ?? null,
    ...size,
  };
}

/**
 * `a` minus `b` on the same items, seed by seed, with the interval and two-sided p of the same model. Seeds beyond those of the
 * row with fewer are left out, since nothing stands against them.
 */
export function differenceOf(a: readonly Items[], b: readonly Items[]): Difference {
  const seeds = Math.min(a.length, b.length);
  if (seeds * (a[0]?.length ?? 0) === 1)
    return {
      difference: mean(a[0] ?? []) - mean(b[0] ?? []),
      standardError: null,
      low: null,
      high: null,
      basis: "episode noise only",
      seeds,
      degreesOfFreedom: null,
      p: 1,
    };
  const paired = pairedDifference(a.slice(0, seeds), b.slice(0, seeds));
  return {
    difference: paired.difference,
    standardError: paired.standardError,
    low: paired.low,
    high: paired.high,
    basis: basis(paired.note),
    seeds,
    degreesOfFreedom: paired.degreesOfFreedom,
    p: paired.p,
  };
}
