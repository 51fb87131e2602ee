import {
  accuracyInterval,
  crossedInterval,
  mean,
  pairedDifference,
  type Interval,
  type IntervalNote,
} from "../statistics/index.ts";
import { metricNamed } from "../metrics/index.ts";
import type { Difference, Estimate } from "./estimate.ts";
import type { Headline } from "./leaderboard.ts";
import type { BySeed, Items } from "./measurements.ts";

const basis = (note: IntervalNote | undefined): Estimate["basis"] => note ?? "seeds and episodes";

/** The interval of a metric ends where its values do; a share that nothing varies has Wilson's. */
function intervalOf(matrix: readonly Items[], name: string): Interval {
  const [least, greatest] = metricNamed(name)?.bounds ?? [-Infinity, Infinity];
  if (least === 0 && greatest === 1) return accuracyInterval(matrix);
  const interval = crossedInterval(matrix);
  return { ...interval, low: Math.max(least, interval.low), high: Math.min(greatest, interval.high) };
}

/**
 * Mean of `[seeds][items]` with its 95 % interval: two-way random effects with several seeds, Student's t over items with one,
 * Wilson's where every accuracy is 0 or every one is 1; no interval for a single value.
 */
export function estimateOf(matrix: readonly Items[], headline: Pick<Headline, "name">): Estimate {
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
  const interval = intervalOf(matrix, headline.name);
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
 * What stands against what, `[seeds][items]` of either side. A seed meets itself, since both sides then started from the same
 * weights and batches, and one that only one side has is left out; where no seed is on both sides, they are paired in their order.
 */
function paired(a: BySeed, b: BySeed): readonly [readonly Items[], readonly Items[]] {
  const shared = [...a].flatMap(([seed, ours]) => {
    const theirs = b.get(seed);
    return theirs ? [[ours, theirs] as const] : [];
  });
  if (shared.length > 0) return [shared.map(([ours]) => ours), shared.map(([, theirs]) => theirs)];
  const seeds = Math.min(a.size, b.size);
  return [[...a.values()].slice(0, seeds), [...b.values()].slice(0, seeds)];
}

/** `a` minus `b` on the same items, seed by seed, with the interval and two-sided p of the same model. */
export function differenceOf(a: BySeed, b: BySeed): Difference {
  const [ours, theirs] = paired(a, b);
  const seeds = ours.length;
  const [first = [], other = []] = [ours[0], theirs[0]];
  if (seeds * first.length === 1)
    return {
      difference: mean(first) - mean(other),
      standardError: null,
      low: null,
      high: null,
      basis: "episode noise only",
      seeds,
      degreesOfFreedom: null,
      p: 1,
    };
  const { difference, standardError, low, high, degreesOfFreedom, p, note } = pairedDifference(ours, theirs);
  return { difference, standardError, low, high, basis: basis(note), seeds, degreesOfFreedom, p };
}
