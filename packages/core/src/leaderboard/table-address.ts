import canonicalize from "canonicalize";
import type { TrialRecord } from "../record/trial-record.ts";
import type { TableRecords } from "./collect.ts";
import type { TrialSpec } from "../record/trial-spec.ts";
import { sha256Hex } from "../sampling/sha256.ts";

/** A table's records with its stable id, and why it is not comparable with the main table of its family. */
export interface AddressedTable {
  readonly records: TableRecords;
  readonly id: string;
  readonly notComparable: string | null;
}

const trials = (table: TableRecords): readonly TrialRecord[] => table.rows.flatMap((row) => row.seeds);
const newest = (table: TableRecords) =>
  trials(table)
    .map((record) => record.provenance.finishedAt)
    .toSorted()
    .at(-1) ?? "";

/** The main table first: that with the most rows, of equals the one with the newest trial. */
const bySize = (a: TableRecords, b: TableRecords) =>
  b.rows.length - a.rows.length || newest(b).localeCompare(newest(a));

const sameOptions = (ours?: TrialSpec, theirs?: TrialSpec) =>
  canonicalize(ours?.dataset.options) === canonicalize(theirs?.dataset.options);

function difference(table: TableRecords, main: TableRecords): string {
  const [ours, theirs] = [trials(table)[0]?.spec, trials(main)[0]?.spec];
  const parts: string[] = [];
  if (!sameOptions(ours, theirs)) parts.push("the setting of the data set's options");
  else if (ours?.dataset.contentHash !== theirs?.dataset.contentHash)
    parts.push("the content of the data set");
  else if (ours?.dataset.version !== theirs?.dataset.version) parts.push("the version of the data set");
  if (table.testSet !== main.testSet) parts.push("the list of test episodes");
  return parts.length === 0 ? "the definition of the protocol" : parts.join(" and ");
}

/** Gives each table its address and names, within each family, the tables that are not comparable with its main one. */
export function addressed(tables: readonly TableRecords[]): AddressedTable[] {
  const families = Map.groupBy(
    tables,
    ({ family, transductive }) => `${family}${transductive ? "/transductive" : ""}`,
  );
  return [...families].flatMap(([address, ofFamily]) => {
    const [main, ...others] = ofFamily.toSorted(bySize);
    if (!main) return [];
    return [
      { records: main, id: address, notComparable: null },
      ...others.map((records) => ({
        records,
        id: `${address}/${sha256Hex(`${records.ground} ${String(records.testSet)}`).slice(0, 8)}`,
        notComparable: `Not comparable with the main table: ${difference(records, main)} differs.`,
      })),
    ];
  });
}
