import type { TrialRecord } from "../record/trial-record.ts";
import { cellsOf, pairCells, type CellPair } from "./cell.ts";
import { compareCell, openCell } from "./compare-cell.ts";
import { levelOf } from "./levels.ts";
import type { MarginChoice } from "./margin.ts";
import type { CompareReport } from "./report.ts";
import { heaviest, verdictExitCodes } from "./verdict.ts";

/** What {@link compareRecords} may be told. */
export interface CompareOptions {
  readonly margin?: MarginChoice;
  /** Chooses cells by their key. Default: all; then methods count for the verdict, and controls are only shown. */
  readonly cells?: (key: string) => boolean;
}

const newestOf = ({ baseline, candidate }: CellPair) => (candidate ?? baseline)?.newest;

/** Whether a cell counts. A method that only the candidate has is new: there is nothing that it could have lost. */
const counts = (pair: CellPair, chosen: boolean) =>
  pair.baseline !== undefined && (chosen || newestOf(pair)?.display.algorithm.role === "method");

/**
 * Compares two sets of records cell by cell, and decides whether some method lost more than a margin.
 *
 * "Regression" is tested at a level that is corrected for the number of cells that differ. "No regression" needs no correction, since
 * every cell must pass.
 */
export function compareRecords(
  baseline: readonly TrialRecord[],
  candidate: readonly TrialRecord[],
  { margin = {}, cells }: CompareOptions = {},
): CompareReport {
  const open = pairCells(cellsOf(baseline), cellsOf(candidate))
    .filter((pair) => cells?.((pair.candidate ?? pair.baseline)?.key ?? "") ?? true)
    .map((pair) => ({ ...openCell(pair), counted: counts(pair, cells !== undefined) }));
  const cellsCounted = open.filter(
    ({ counted, identical, obstacle }) => counted && !identical && !obstacle,
  ).length;
  const levels = { regressionLevel: levelOf(Math.max(1, cellsCounted)), passLevel: levelOf(1) };
  const compared = open.map((cell) => compareCell(cell, cell.counted, levels, margin));
  const verdict = heaviest(compared.filter(({ counted }) => counted).map((cell) => cell.verdict));
  return {
    schema: "metabench/compare/1",
    verdict,
    exitCode: verdictExitCodes[verdict],
    levels: { regression: levels.regressionLevel, noRegression: levels.passLevel },
    cellsCounted,
    baseline: originOf(baseline),
    candidate: originOf(candidate),
    cells: compared,
  };
}

function originOf(records: readonly TrialRecord[]): CompareReport["baseline"] {
  const sorted = (names: readonly string[]) => [...new Set(names)].sort();
  return {
    records: records.length,
    commits: sorted(records.flatMap(({ provenance: { commit } }) => commit ?? [])),
    dirty: records.some(({ provenance }) => provenance.dirty === true),
    devices: sorted(
      records.flatMap(({ provenance: { backend, machine } }) =>
        backend
          ? [
              `${backend.name} ${backend.device}: ${backend.device === "cpu" ? machine.cpu : backend.deviceName}`,
            ]
          : [],
      ),
    ),
  };
}
