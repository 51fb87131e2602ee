import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { crossedInterval } from "./crossed.ts";
import type { IntervalNote, VarianceComponents } from "./interval.ts";
import { differences } from "./matrix.ts";
import type { ScoreMatrix } from "./matrix.ts";

/** The mean difference a − b of two methods with its 95 % interval and test of "no difference". */
export interface PairedDifference {
  readonly difference: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly level: 0.95;
  readonly degreesOfFreedom: number;
  /** Two-sided, uncorrected. 1 where both are equal everywhere. */
  readonly p: number;
  /** Of the differences; present with several seeds. */
  readonly components?: VarianceComponents;
  readonly note?: IntervalNote;
}

/** Two-sided p of a mean with this standard error, by Student's t; where nothing varies, 1 for a mean of 0 and else 0. */
export function twoSidedP(mean: number, standardError: number, degreesOfFreedom: number): number {
  if (standardError === 0) return mean === 0 ? 1 : 0;
  return Math.min(1, 2 * tCdf(-Math.abs(mean / standardError), degreesOfFreedom));
}

/**
 * a − b on the same seeds and items: the model of {@link crossedInterval} on the paired differences. What makes an
 * episode hard for both methods cancels; the seeds of both are covered. With one seed: episode noise only.
 *
 * @throws MetabenchError `invalid-usage` if the two differ in size or hold a single score.
 */
export function pairedDifference(a: ScoreMatrix, b: ScoreMatrix): PairedDifference {
  const {
    mean,
    low,
    high,
    standardError = 0,
    degreesOfFreedom = 1,
    components,
    note,
  } = crossedInterval(differences(a, b));
  return {
    difference: mean,
    standardError,
    low,
    high,
    level: 0.95,
    degreesOfFreedom,
    p: twoSidedP(mean, standardError, degreesOfFreedom),
    ...(components && { components }),
    ...(note && { note }),
  };
}
