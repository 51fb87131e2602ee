import { improvement } from "../metrics/direction.ts";
import type { Direction } from "../metrics/direction.ts";
import { significantlyBetter } from "./pairwise.ts";
import type { Verdict } from "./pairwise.ts";

/** Where a method stands among N. */
export interface Rank {
  readonly id: string;
  /** Meta-Dataset's rank: 1 is best, ties share the mean of their ranks. */
  readonly rank: number;
  /** 1 + number of methods significantly better. */
  readonly low: number;
  /** N − number of methods significantly worse. */
  readonly high: number;
  /** Ids that share the rank, this one among them, best first. */
  readonly ties: readonly string[];
}

/**
 * Ranks by Meta-Dataset's rule: the best method and those not significantly different from *it* share the mean of their
 * ranks; they are taken away, and so on. Triantafillou et al. 2020, https://arxiv.org/abs/1903.03096, section 4.
 *
 * A group ends, in order of score, before the first method that is significantly worse than its best: a method below that
 * one may be too noisy to tell from the best, but that does not make it as good.
 *
 * The rank interval counts significant differences with every other method, not with the best of a group alone, so
 * where significance does not follow the order of the means the shared rank can lie outside it.
 *
 * A comparison may rest on a part of the seeds, those that both methods have. Where its sign contradicts the order of the
 * means over all seeds, it decides nothing.
 *
 * @param means a method's id and mean score; equal means keep their order
 * @param comparisons every pair once, corrected; only these decide what is significant, so a page can rank any selection
 * @returns best first
 */
export function rankByTieGroups(
  means: readonly { readonly id: string; readonly mean: number }[],
  comparisons: readonly Verdict[],
  direction: Direction,
): Rank[] {
  const proven = significantlyBetter(comparisons, direction);
  const meanOf = new Map(means.map(({ id, mean }) => [id, mean]));
  const better = (a: string, b: string) =>
    proven(a, b) && improvement(meanOf.get(a) ?? NaN, meanOf.get(b) ?? NaN, direction) >= 0;
  const different = (a: string, b: string) => better(a, b) || better(b, a);
  const ids = means.toSorted((a, b) => improvement(b.mean, a.mean, direction)).map(({ id }) => id);

  const ranks: Rank[] = [];
  let left = ids;
  while (left[0] !== undefined) {
    const best = left[0];
    const end = left.findIndex((id) => different(best, id));
    const ties = end < 0 ? left : left.slice(0, end);
    const rank = ranks.length + (ties.length + 1) / 2;
    for (const id of ties)
      ranks.push({
        id,
        rank,
        low: 1 + ids.filter((other) => better(other, id)).length,
        high: ids.length - ids.filter((other) => better(id, other)).length,
        ties,
      });
    left = left.slice(ties.length);
  }
  return ranks;
}
