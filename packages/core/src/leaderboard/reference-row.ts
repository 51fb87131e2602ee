import { referenceAlgorithm } from "../protocol/suite.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import type { RowRecords, TableRecords } from "./collect.ts";

/** The row that a table's methods are held against, or in words why there is none. */
export type Reference =
  | {
      readonly found: true;
      readonly id: string;
      readonly name: string;
      readonly records: readonly CompletedRecord[];
    }
  | { readonly found: false; readonly reason: string; readonly expected: boolean };

const finishedAt = (row: RowRecords) =>
  row.seeds
    .map((record) => record.provenance.finishedAt)
    .toSorted()
    .at(-1) ?? "";

/** Trials that completed; null where any did not, since a failed seed fails the cell. */
export function allCompleted(row: RowRecords): readonly CompletedRecord[] | null {
  const completed = row.seeds.filter((record) => record.status === "completed");
  return completed.length === row.seeds.length ? completed : null;
}

/**
 * Finds the reference of a table: the protocol's reference algorithm on the same data and episodes, be it in this table or, for
 * transductive and open rows, in the closed one. Of several versions the newest that completed.
 */
export function referenceOf(table: TableRecords, tables: readonly TableRecords[]): Reference {
  const record = table.rows[0]?.seeds[0];
  const algorithm = record ? referenceAlgorithm[record.spec.protocol.kind] : null;
  if (!record || algorithm === null)
    return { found: false, reason: "This kind of protocol has no reference.", expected: false };
  const { protocol, dataset } = record.spec;
  const rows = tables
    .filter(({ testSet, rows: [row] }) => {
      const other = row?.seeds[0]?.spec;
      return (
        testSet === table.testSet &&
        other?.protocol.id === protocol.id &&
        other.protocol.version === protocol.version &&
        other.protocol.tier === protocol.tier &&
        other.protocol.division === "closed" &&
        other.dataset.contentHash === dataset.contentHash
      );
    })
    .flatMap(({ rows: candidates }) => candidates)
    .filter((row) => row.seeds[0]?.spec.algorithm.id === algorithm)
    .toSorted((a, b) => finishedAt(b).localeCompare(finishedAt(a)));
  for (const row of rows) {
    const records = allCompleted(row);
    const name = row.seeds[0]?.display.algorithm.label;
    if (records && name !== undefined) return { found: true, id: row.id, name, records };
  }
  const reason =
    rows.length > 0
      ? `The reference (${algorithm}) has a failed seed.`
      : `The reference (${algorithm}) has not been run on the same data and episodes.`;
  return { found: false, reason, expected: true };
}
