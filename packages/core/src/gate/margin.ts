import type { Scale } from "./scores.ts";
import type { SeedScores } from "./seed-tests.ts";
import { mean, sumOfSquares } from "../statistics/mean.ts";

/** The smallest loss that matters: worked out for each cell, or given for shares (0.01 is a point) and for errors (0.05 is 5 %). */
export interface MarginChoice {
  readonly points?: number | undefined;
  readonly ratio?: number | undefined;
}

/** The least automatic margin: one percentage point, or a twentieth of an error. */
const least: Readonly<Record<Scale, number>> = { points: 0.01, ratio: 0.05 };

/**
 * The margin of a cell in the unit of its scale. Where none is given: the least one, or twice the deviation of the baseline's seeds where
 * that is more, since a smaller loss would drown in it.
 */
export function marginOf(choice: MarginChoice, scale: Scale, baseline: SeedScores): number {
  const given = choice[scale];
  if (given !== undefined) return given;
  const scores = [...baseline.values()];
  if (scores.length < 2) return least[scale];
  const deviation = Math.sqrt(sumOfSquares(scores, mean(scores)) / (scores.length - 1));
  const twice = scale === "points" ? 2 * deviation : Math.expm1(2 * deviation);
  return Math.max(least[scale], twice);
}
