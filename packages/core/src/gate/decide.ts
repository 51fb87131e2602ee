import { pAbove, pairedTest, pBelow, twoSampleTest, type SeedScores, type SeedTest } from "./seed-tests.ts";
import type { GateVerdict } from "./verdict.ts";

/** What one look at a cell asks. */
export interface Question {
  /** Smallest loss that matters, in the unit of the scores; above 0. */
  readonly margin: number;
  /** One-sided level for "regression", which accounts for the number of cells. */
  readonly regressionLevel: number;
  /** One-sided level for "no regression": that of one cell, since every cell must pass. */
  readonly passLevel: number;
}

/** Which test decided. */
export type DecidedBy = "two-sample" | "paired";

/** What one look found. */
export interface Look {
  readonly verdict: Extract<GateVerdict, "regression" | "improvement" | "no-regression" | "inconclusive">;
  readonly decidedBy: DecidedBy | null;
  /** Mean of the baseline minus mean of the candidate over all seeds. */
  readonly drop: number;
  readonly tests: { readonly twoSample: SeedTest | null; readonly paired: SeedTest | null };
  /** How many seeds on each side are expected to decide; null where none up to 100 do, where nothing is known of how seeds differ, or where it is decided. */
  readonly seedsToSettle: number | null;
}

/** A regression needs two candidate seeds: one may be a collapse that is no habit of the method. */
const leastSeedsToBlame = 2;
const mostSeeds = 100;

const meanOf = (scores: SeedScores) => [...scores.values()].reduce((sum, one) => sum + one, 0) / scores.size;

/**
 * Decides on one cell from the scores of its seeds. Two tests are asked, each at half the level: a two-sample test, and a paired one, which
 * is far stronger where a seed leads both sides along the same way.
 *
 * @param baseline at least one seed
 * @param candidate at least one seed
 */
export function decide(baseline: SeedScores, candidate: SeedScores, question: Question): Look {
  const tests = {
    twoSample: twoSampleTest(baseline, candidate),
    paired: pairedTest(baseline, candidate),
  };
  const drop = meanOf(baseline) - meanOf(candidate);
  const asked = [
    ["two-sample", tests.twoSample],
    ["paired", tests.paired],
  ] as const;
  for (const verdict of ["regression", "improvement", "no-regression"] as const)
    for (const [decidedBy, test] of asked)
      if (test !== null && says(verdict, test, drop, candidate.size, question))
        return { verdict, decidedBy, drop, tests, seedsToSettle: null };
  const seedsToSettle = seedsNeeded(baseline.size, candidate.size, tests, question);
  return { verdict: "inconclusive", decidedBy: null, drop, tests, seedsToSettle };
}

function says(
  verdict: Look["verdict"],
  test: SeedTest,
  drop: number,
  seeds: number,
  question: Question,
): boolean {
  const { margin, regressionLevel, passLevel } = question;
  if (verdict === "no-regression") return pBelow(test, margin) < passLevel / 2;
  if (seeds < leastSeedsToBlame) return false;
  return verdict === "regression"
    ? drop > margin && pAbove(test, 0) < regressionLevel / 2
    : drop < -margin && pBelow(test, 0) < regressionLevel / 2;
}

/** The fewest seeds on each side that would decide if means and deviations stayed as they are. A side that has more keeps them. */
function seedsNeeded(
  baseline: number,
  candidate: number,
  { twoSample, paired }: Look["tests"],
  question: Question,
): number | null {
  for (let seeds = Math.max(candidate + 1, leastSeedsToBlame); seeds <= mostSeeds; seeds += 1) {
    const others = Math.max(baseline, seeds);
    const imagined = [
      twoSample && {
        ...twoSample,
        degreesOfFreedom: others + seeds - 2,
        standardError: twoSample.deviation * Math.sqrt(1 / others + 1 / seeds),
      },
      paired && {
        ...paired,
        degreesOfFreedom: seeds - 1,
        standardError: paired.deviation / Math.sqrt(seeds),
      },
    ];
    for (const test of imagined)
      if (test)
        for (const verdict of ["regression", "improvement", "no-regression"] as const)
          if (says(verdict, test, test.drop, seeds, question)) return seeds;
  }
  return null;
}
