import { improvement } from "../metrics/index.ts";
import { correctComparisons, rankByTieGroups } from "../ranking/index.ts";
import { differenceOf } from "./estimation.ts";
import type { Flag } from "./flag.ts";
import type { Headline, Table } from "./leaderboard.ts";
import type { BySeed } from "./measurements.ts";
import type { Row } from "./row.ts";

/** A row with a score, and its headline on each seed and item. */
export interface Contender {
  readonly row: Row & { readonly score: NonNullable<Row["score"]> };
  readonly items: BySeed;
}

/** Rows in order of score with their places, and the comparisons that these rest on. */
export interface Placed {
  readonly rows: readonly Row[];
  readonly pairs: Table["pairs"];
}

const unevenSeeds: Flag = {
  code: "uneven-seeds",
  text: "Some rows share only one seed with it: in these comparisons its rank and ties cover episode noise only.",
};

/**
 * Compares every pair of rows on the same episodes and the seeds that both have, corrects by Holm over the table, and ranks by
 * tie groups.
 */
export function place(contenders: readonly Contender[], { direction }: Pick<Headline, "direction">): Placed {
  const sorted = contenders.toSorted((a, b) => improvement(b.row.score.mean, a.row.score.mean, direction));
  const pairs = sorted.flatMap((a, i) =>
    sorted.slice(i + 1).map((b) => {
      const { difference, standardError, p, seeds } = differenceOf(a.items, b.items);
      return { a: a.row.id, b: b.row.id, difference, standardError, p, seeds };
    }),
  );
  const ranks = rankByTieGroups(
    sorted.map(({ row }) => ({ id: row.id, mean: row.score.mean })),
    correctComparisons(pairs),
    direction,
  );
  const leaders = [...new Set(ranks.map(({ ties }) => ties[0]))];
  const placeOf = new Map(
    ranks.map(({ id, rank, low, high, ties }) => [
      id,
      { rank, low, high, group: leaders.indexOf(ties[0]) + 1 },
    ]),
  );
  const [best] = sorted;
  /** Whether a row of several seeds was held against some row by one seed alone. */
  const uneven = ({ id, score }: Contender["row"]) =>
    score.seeds > 1 && pairs.some(({ a, b, seeds }) => seeds === 1 && (a === id || b === id));
  const rows = sorted.map(({ row, items }) => ({
    ...row,
    flags: uneven(row) ? [...row.flags, unevenSeeds] : row.flags,
    place: placeOf.get(row.id) ?? null,
    toBest: !best || row.id === best.row.id ? null : differenceOf(items, best.items),
  }));
  return { rows, pairs };
}
