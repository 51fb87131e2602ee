import { headlineOf, type Headline } from "../leaderboard/leaderboard.ts";
import { headlineItems } from "../leaderboard/measurements.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import { mean } from "../statistics/mean.ts";
import type { SeedScores } from "./seed-tests.ts";

/** How a headline becomes a score: a share as it is, an error as minus its logarithm, so that a margin is a ratio. */
export type Scale = "points" | "ratio";

/** The scale of a headline. */
export const scaleOf = ({ direction }: Pick<Headline, "direction">): Scale =>
  direction === "higher" ? "points" : "ratio";

/** The headline of a record. */
export const headlineOfRecord = ({ spec, display }: CompletedRecord): Headline =>
  headlineOf(spec.protocol, display.dataset);

/** A drop of scores as a share of the baseline (`ratio`), or as it is (`points`). */
export const dropOn = (scale: Scale, drop: number): number => (scale === "points" ? drop : Math.expm1(drop));

/** A margin in the unit of scores, the inverse of {@link dropOn}. */
export const marginOn = (scale: Scale, margin: number): number =>
  scale === "points" ? margin : Math.log1p(margin);

/** Means of the headline over the test, by seed, as it stands in tables. */
export const meansBySeed = (records: ReadonlyMap<number, CompletedRecord>): ReadonlyMap<number, number> =>
  new Map([...records].map(([seed, record]) => [seed, mean(headlineItems(record))]));

/** The least error that a logarithm is taken of. */
const least = 1e-12;

/** Scores by seed, higher is better. */
export const scoresOn = (scale: Scale, means: ReadonlyMap<number, number>): SeedScores =>
  new Map(
    [...means].map(([seed, value]) => [seed, scale === "points" ? value : -Math.log(Math.max(least, value))]),
  );
