import type { Direction } from "../metrics/direction.ts";
import { crossedInterval } from "../statistics/crossed.ts";
import type { Interval, IntervalNote } from "../statistics/interval.ts";
import { comparePairwise, correctComparisons } from "./pairwise.ts";
import type { CorrectedComparison, ScoredMethod } from "./pairwise.ts";
import { rankByTieGroups } from "./tie-groups.ts";
import type { Rank } from "./tie-groups.ts";

/** A method's place in a table. */
export interface Standing extends Rank {
  /** The absolute score, which is the headline. */
  readonly score: Interval;
}

/** A table's standings, and all that is needed to rank a selection of its rows again. */
export interface Standings {
  readonly direction: Direction;
  /** Best first. */
  readonly rows: readonly Standing[];
  /** Every pair once, corrected by Holm over the whole table. */
  readonly comparisons: readonly CorrectedComparison[];
  /** Present where one seed was given: score, rank and ties then hold for these very trainings only. */
  readonly note?: IntervalNote;
}

/**
 * Ranks methods on the same seeds and frozen episodes: intervals, every paired difference, Holm over all pairs, then
 * Meta-Dataset's tie groups.
 *
 * @param interval how a row's score gets its interval: `accuracyInterval` for accuracies
 * @throws MetabenchError `invalid-usage` if two rows share an id or differ in seeds or items.
 */
export function standings(
  methods: readonly ScoredMethod[],
  direction: Direction,
  interval: (scores: ScoredMethod["scores"]) => Interval = crossedInterval,
): Standings {
  const comparisons = correctComparisons(comparePairwise(methods));
  const scores = new Map(methods.map(({ id, scores }) => [id, interval(scores)]));
  const means = Array.from(scores, ([id, { mean }]) => ({ id, mean }));
  const rows = rankByTieGroups(means, comparisons, direction).flatMap((rank) => {
    const score = scores.get(rank.id);
    return score ? [{ ...rank, score }] : [];
  });
  const note = rows[0]?.score.note;
  return { direction, rows, comparisons, ...(note && { note }) };
}
