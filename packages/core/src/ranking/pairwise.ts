import { MetabenchError } from "../errors.ts";
import { improvement } from "../metrics/direction.ts";
import type { Direction } from "../metrics/direction.ts";
import type { ScoreMatrix } from "../statistics/matrix.ts";
import { holm } from "../statistics/multiple-comparison.ts";
import { pairedDifference } from "../statistics/paired.ts";
import type { PairedDifference } from "../statistics/paired.ts";

/** A method and its scores on the frozen episodes (or test examples) that all rows share. */
export interface ScoredMethod {
  readonly id: string;
  /** `[seeds][items]` */
  readonly scores: ScoreMatrix;
}

/** Two methods compared on the same items: `difference` is a's mean minus b's, in the metric's unit. */
export interface PairwiseComparison extends PairedDifference {
  readonly a: string;
  readonly b: string;
}

/** A comparison with Holm's correction over all the pairs of its table. */
export interface CorrectedComparison extends PairwiseComparison {
  readonly adjustedP: number;
}

/** A difference counts as significant where Holm's adjusted p is below this. */
export const significanceLevel = 0.05;

/**
 * Every pair of methods once, in the order of the rows, with raw p.
 *
 * @throws MetabenchError `invalid-usage` if two rows share an id or differ in seeds or items.
 */
export function comparePairwise(methods: readonly ScoredMethod[]): PairwiseComparison[] {
  const ids = new Set<string>();
  for (const { id } of methods) {
    if (ids.has(id))
      throw new MetabenchError(
        "invalid-usage",
        `Two rows of one table are called "${id}"; give each its own id.`,
      );
    ids.add(id);
  }
  return methods.flatMap((a, i) =>
    methods.slice(i + 1).map((b) => ({ a: a.id, b: b.id, ...pairedDifference(a.scores, b.scores) })),
  );
}

/** Adds Holm's adjusted p over these comparisons; do it again for any selection of rows. */
export function correctComparisons<Comparison extends { readonly p: number }>(
  comparisons: readonly Comparison[],
): (Comparison & { readonly adjustedP: number })[] {
  const adjusted = holm(comparisons.map(({ p }) => p));
  return comparisons.map((comparison, i) => ({ ...comparison, adjustedP: adjusted[i] ?? 1 }));
}

/** What ranking needs of a comparison. */
export type Verdict = Pick<CorrectedComparison, "a" | "b" | "difference" | "adjustedP">;

/** Whether a method is significantly better than another, by the comparisons given. */
export function significantlyBetter(
  comparisons: readonly Verdict[],
  direction: Direction,
): (method: string, other: string) => boolean {
  const better = new Set<string>();
  const key = (method: string, other: string) => JSON.stringify([method, other]);
  for (const { a, b, difference, adjustedP } of comparisons)
    if (adjustedP < significanceLevel)
      better.add(improvement(difference, 0, direction) > 0 ? key(a, b) : key(b, a));
  return (method, other) => better.has(key(method, other));
}
