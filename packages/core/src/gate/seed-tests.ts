import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { mean, sumOfSquares } from "../statistics/mean.ts";

/** Score of each seed, higher is better. */
export type SeedScores = ReadonlyMap<number, number>;

/** What a test says of the drop from baseline to candidate. */
export interface SeedTest {
  /** Mean of the baseline minus mean of the candidate, over the seeds of this test. */
  readonly drop: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** Deviation of one seed (two-sample), or of the difference of one seed (paired). */
  readonly deviation: number;
}

const deviationOf = (squares: number, degrees: number) => Math.sqrt(squares / degrees);

/**
 * Student's two-sample test over seed means, with the variance pooled over both sides; null without a degree of freedom.
 *
 * Test episodes are frozen and the same on both sides, so the seeds are all that is random.
 */
export function twoSampleTest(baseline: SeedScores, candidate: SeedScores): SeedTest | null {
  const [b, c] = [[...baseline.values()], [...candidate.values()]];
  const degreesOfFreedom = b.length + c.length - 2;
  if (b.length === 0 || c.length === 0 || degreesOfFreedom < 1) return null;
  const [meanB, meanC] = [mean(b), mean(c)];
  const deviation = deviationOf(sumOfSquares(b, meanB) + sumOfSquares(c, meanC), degreesOfFreedom);
  const standardError = deviation * Math.sqrt(1 / b.length + 1 / c.length);
  return { drop: meanB - meanC, standardError, degreesOfFreedom, deviation };
}

/** Student's test on the differences of the seeds that both sides have; null for fewer than two. */
export function pairedTest(baseline: SeedScores, candidate: SeedScores): SeedTest | null {
  const drops = [...baseline].flatMap(([seed, score]) => {
    const other = candidate.get(seed);
    return other === undefined ? [] : [score - other];
  });
  if (drops.length < 2) return null;
  const drop = mean(drops);
  const degreesOfFreedom = drops.length - 1;
  const deviation = deviationOf(sumOfSquares(drops, drop), degreesOfFreedom);
  return { drop, standardError: deviation / Math.sqrt(drops.length), degreesOfFreedom, deviation };
}

/** Ends of a drop's interval, each at a one-sided level. Both are the drop itself where no seed differs from another. */
export function boundsOf(test: SeedTest, level: number): { readonly low: number; readonly high: number } {
  const { drop, standardError, degreesOfFreedom } = test;
  const half = standardError === 0 ? 0 : standardError * tQuantile(1 - level, degreesOfFreedom);
  return { low: drop - half, high: drop + half };
}

/** One-sided p against "the drop is at most `threshold`": small where it is greater. */
export const pAbove = (test: SeedTest, threshold: number): number => tail(threshold - test.drop, test);

/** One-sided p against "the drop is at least `threshold`": small where it is smaller. */
export const pBelow = (test: SeedTest, threshold: number): number => tail(test.drop - threshold, test);

/** Probability that Student's t is below `distance`, in standard errors; where no seed differs from another it is certain. */
function tail(distance: number, { standardError, degreesOfFreedom }: SeedTest): number {
  if (standardError === 0) return distance < 0 ? 0 : 1;
  return tCdf(distance / standardError, degreesOfFreedom);
}
