import type { Leaderboard, Row, Table } from "@metabench/core";

/** A row with the table that it stands in. */
export interface Standing {
  readonly table: Table;
  readonly row: Row;
}

/** An algorithm with all that it has done, in every version and with all options. */
export interface AlgorithmResults {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly role: Row["algorithm"]["role"];
  readonly reference: Row["algorithm"]["reference"];
  readonly standings: readonly Standing[];
}

/** Rows by algorithm, alphabetically; what it says of itself is taken from its newest row. */
export function algorithmsOf({ tables }: Pick<Leaderboard, "tables">): AlgorithmResults[] {
  const all = tables.flatMap((table) => table.rows.map((row) => ({ table, row })));
  return [...Map.groupBy(all, ({ row }) => row.algorithm.id)]
    .flatMap(([id, standings]) => {
      const newest = standings.toSorted((a, b) => b.row.finishedAt.localeCompare(a.row.finishedAt))[0];
      if (!newest) return [];
      const { title, summary, role, reference } = newest.row.algorithm;
      return [{ id, title, summary, role, reference, standings }];
    })
    .toSorted((a, b) => a.title.localeCompare(b.title));
}
