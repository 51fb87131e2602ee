import type { TrialRecord } from "../record/trial-record.ts";
import { familyOf, groundOf, isTransductive, rowIdOf, testSetOf } from "./comparability.ts";

/** Records of one row: the newest of each seed, in order of seeds, and those that they replaced. */
export interface RowRecords {
  readonly id: string;
  readonly seeds: readonly TrialRecord[];
  readonly superseded: readonly TrialRecord[];
}

/** Records of one table. */
export interface TableRecords {
  readonly family: string;
  readonly ground: string;
  /** What the rows were tested on; null where no trial completed. */
  readonly testSet: string | null;
  readonly transductive: boolean;
  readonly rows: readonly RowRecords[];
}

const newestFirst = (a: TrialRecord, b: TrialRecord) =>
  b.provenance.finishedAt.localeCompare(a.provenance.finishedAt) || a.identity.localeCompare(b.identity);

function rowOf(id: string, records: readonly TrialRecord[]): RowRecords {
  const bySeed = Map.groupBy(records, (record) => record.spec.seed);
  const seeds: TrialRecord[] = [];
  const superseded: TrialRecord[] = [];
  for (const [, runs] of [...bySeed].sort(([a], [b]) => a - b)) {
    const [newest, ...older] = runs.toSorted(newestFirst);
    if (newest) seeds.push(newest);
    superseded.push(...older);
  }
  return { id, seeds, superseded };
}

/** The key that occurs most often; of equals the one met first. */
function commonest(keys: Iterable<string>): string | null {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let best: string | null = null;
  for (const [key, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = key;
  return best;
}

/** Tables of the records that agree on data and definition: one for each set of test episodes, transductive rows apart. */
function tablesOnGround(family: string, ground: string, records: readonly TrialRecord[]): TableRecords[] {
  const usual = commonest(records.map(testSetOf).filter((set) => set !== null));
  const placed = new Map<string, { testSet: string | null; transductive: boolean; rows: RowRecords[] }>();
  for (const [id, ofRow] of Map.groupBy(records, rowIdOf)) {
    // A trial that did not complete has no episodes of its own: it belongs where the other seeds of its row are.
    const home = commonest(ofRow.map(testSetOf).filter((set) => set !== null)) ?? usual;
    for (const [testSet, same] of Map.groupBy(ofRow, (record) => testSetOf(record) ?? home)) {
      const transductive = same.some(isTransductive);
      const key = `${String(testSet)} ${String(transductive)}`;
      const table = placed.get(key) ?? { testSet, transductive, rows: [] };
      table.rows.push(rowOf(id, same));
      placed.set(key, table);
    }
  }
  return [...placed.values()].map((table) => ({ family, ground, ...table }));
}

/**
 * Sorts records into tables of comparable rows. Of records with one identity the first counts.
 *
 * Nothing is dropped: a record is in a table, as a seed of a row or as superseded by a later run of that seed.
 */
export function collect(records: readonly TrialRecord[]): TableRecords[] {
  const distinct = new Map<string, TrialRecord>();
  for (const record of records) if (!distinct.has(record.identity)) distinct.set(record.identity, record);
  return [...Map.groupBy(distinct.values(), familyOf)].flatMap(([family, ofFamily]) =>
    [...Map.groupBy(ofFamily, groundOf)].flatMap(([ground, same]) => tablesOnGround(family, ground, same)),
  );
}
