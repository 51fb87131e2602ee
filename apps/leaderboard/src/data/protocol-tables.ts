import { tiers, type Leaderboard, type Table } from "@metabench/core";

/** A protocol's page: all its tables, those with the larger budgets first. */
export interface ProtocolTables {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly kind: Table["protocol"]["kind"];
  readonly tables: readonly Table[];
}

const rankOf = (table: Table) => [
  table.notComparable === null ? 0 : 1,
  -table.protocol.version,
  -tiers.indexOf(table.protocol.tier),
  table.protocol.division === "closed" ? 0 : 1,
  table.transductive ? 1 : 0,
];

function byWeight(a: Table, b: Table): number {
  const [ours, theirs] = [rankOf(a), rankOf(b)];
  const at = ours.findIndex((value, i) => value !== theirs[i]);
  return at < 0 ? 0 : (ours[at] ?? 0) - (theirs[at] ?? 0);
}

/** Tables by protocol, in the order of the leaderboard. */
export function protocolTables({ tables }: Pick<Leaderboard, "tables">): ProtocolTables[] {
  return [...Map.groupBy(tables, ({ protocol }) => protocol.id)].flatMap(([id, same]) => {
    const sorted = same.toSorted(byWeight);
    const [main] = sorted;
    if (!main) return [];
    const { title, summary, kind } = main.protocol;
    return [{ id, title, summary, kind, tables: sorted }];
  });
}
