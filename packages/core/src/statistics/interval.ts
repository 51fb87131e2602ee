import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { MetabenchError } from "../errors.ts";
import { mean, sumOfSquares } from "./mean.ts";

/** How an interval was made. */
export type IntervalMethod = "student-t" | "wilson" | "two-way random effects";

/** What an interval does *not* cover: with one seed, what another training seed would give; with one item, other items. */
export type IntervalNote = "episode noise only" | "seed noise only";

/** Variance of one score, in parts (method of moments, none below 0). An item is an episode or a test example. */
export interface VarianceComponents {
  readonly seed: number;
  readonly item: number;
  /** Seed × item interaction, and all noise within. */
  readonly residual: number;
}

/** A mean with its 95 % confidence interval, in the unit of the scores. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly level: 0.95;
  readonly method: IntervalMethod;
  /** Standard error of the mean; absent for Wilson, whose interval is not built from one. */
  readonly standardError?: number;
  /** Of Student's t; absent for Wilson. */
  readonly degreesOfFreedom?: number;
  /** Present for two-way random effects. */
  readonly components?: VarianceComponents;
  readonly note?: IntervalNote;
}

/** Half the width of a Student-t 95 % interval; 0 where nothing varies. */
export function halfWidth(standardError: number, degreesOfFreedom: number): number {
  return standardError === 0 ? 0 : standardError * tQuantile(0.975, degreesOfFreedom);
}

/**
 * Mean ± Student-t 95 % of independent values, n − 1 degrees of freedom.
 *
 * @throws MetabenchError `invalid-usage` for fewer than two values.
 */
export function studentInterval(values: ArrayLike<number>, note?: IntervalNote): Interval {
  const n = values.length;
  if (n < 2)
    throw new MetabenchError(
      "invalid-usage",
      `${n} values define no interval of their mean; give at least two.`,
    );
  const centre = mean(values);
  const standardError = Math.sqrt(sumOfSquares(values, centre) / (n - 1) / n);
  const half = halfWidth(standardError, n - 1);
  return {
    mean: centre,
    low: centre - half,
    high: centre + half,
    level: 0.95,
    method: "student-t",
    standardError,
    degreesOfFreedom: n - 1,
    ...(note && { note }),
  };
}

/**
 * Wilson's score interval of a proportion, without continuity correction. Unlike mean ± error it has a width where
 * the proportion is 0 or 1. Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953
 *
 * @param successes may be fractional: n times a mean of shares
 * @throws MetabenchError `invalid-usage` unless 0 ≤ successes ≤ n and n > 0.
 */
export function wilsonInterval(successes: number, n: number, note?: IntervalNote): Interval {
  if (!(n > 0 && successes >= 0 && successes <= n))
    throw new MetabenchError(
      "invalid-usage",
      `${successes} successes of ${n} are no proportion; give 0 to n successes of n > 0.`,
    );
  const z = normalQuantile(0.975, 0, 1);
  const share = successes / n;
  const scale = 1 + z ** 2 / n;
  const centre = (share + z ** 2 / (2 * n)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))) / scale;
  return {
    mean: share,
    // By the formula both always hold; at shares of 0 and 1 rounding would leave the interval just short of the mean.
    low: Math.max(0, Math.min(share, centre - half)),
    high: Math.min(1, Math.max(share, centre + half)),
    level: 0.95,
    method: "wilson",
    ...(note && { note }),
  };
}
