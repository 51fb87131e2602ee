import { referenceAlgorithm, type DataAxes } from "../axes/index.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import type { TrialSpec } from "../record/trial-spec.ts";
import type { RowRecords, TableRecords } from "./collect.ts";
import { definitionHash } from "./comparability.ts";

/** The row that a table's methods are held against, or in words why there is none. */
export type Reference =
  | {
      readonly found: true;
      readonly id: string;
      readonly name: string;
      readonly records: readonly CompletedRecord[];
    }
  | {
      readonly found: false;
      readonly code: "no-reference" | "reference-failed" | "reference-missing";
      readonly reason: string;
      readonly expected: boolean;
    };

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

/** Whether another row was tested on the same data and episodes, so that the two may be compared at all. */
const comparable = (ours: TrialSpec, theirs: TrialSpec) =>
  theirs.protocol.id === ours.protocol.id &&
  theirs.protocol.version === ours.protocol.version &&
  theirs.protocol.tier === ours.protocol.tier &&
  theirs.dataset.contentHash === ours.dataset.contentHash;

/**
 * Finds the reference of a row: the protocol's reference algorithm on the same data and episodes, under the row's own definition.
 * Where that was not run, an open row is held against the closed division's. One without training
 * options goes before one with; of several versions the newest that completed.
 *
 * @param row specification of any seed of the row
 * @param table where the row stands
 * @param data the axes of the row's data set, where they are not those of the protocol's kind
 */
export function referenceOf(
  row: TrialSpec,
  table: TableRecords,
  tables: readonly TableRecords[],
  data?: DataAxes,
): Reference {
  const algorithm = referenceAlgorithm(row.protocol.kind, data);
  if (algorithm === null)
    return {
      found: false,
      code: "no-reference",
      reason: "Protocols of this kind have no reference.",
      expected: false,
    };
  const candidates = tables
    .filter(({ testSet }) => testSet === table.testSet)
    .flatMap(({ rows }) => rows)
    .flatMap((records) => {
      const spec = records.seeds[0]?.spec;
      if (spec?.algorithm.id !== algorithm || !comparable(row, spec)) return [];
      const same = definitionHash(spec) === definitionHash(row);
      const plain = spec.training === undefined;
      const stands = row.protocol.division === "open" && spec.protocol.division === "closed";
      return same || stands ? [{ records, same, plain }] : [];
    })
    .toSorted(
      (a, b) =>
        Number(b.same) - Number(a.same) ||
        Number(b.plain) - Number(a.plain) ||
        finishedAt(b.records).localeCompare(finishedAt(a.records)),
    );
  const rows = candidates.map(({ records }) => records);
  for (const candidate of rows) {
    const records = allCompleted(candidate);
    const name = candidate.seeds[0]?.display.algorithm.label;
    if (records && name !== undefined) return { found: true, id: candidate.id, name, records };
  }
  const reason =
    rows.length > 0
      ? `The reference (${algorithm}) has a failed seed.`
      : `The reference (${algorithm}) has not been run on the same data and episodes, under the same definition (backbone, budget).`;
  const code = rows.length > 0 ? "reference-failed" : "reference-missing";
  return { found: false, code, reason, expected: true };
}
