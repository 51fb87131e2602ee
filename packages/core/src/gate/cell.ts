import canonicalize from "canonicalize";
import { essentialsOf } from "../protocol/essentials.ts";
import { sha256Hex } from "../sampling/sha256.ts";
import type { CompletedRecord, TrialRecord } from "../record/trial-record.ts";

/** The records of one method on one protocol, whatever version of the two they are of. */
export interface Cell {
  /** Protocol, tier, division, method, and a hash where its options are not told by the rest. */
  readonly key: string;
  /** The key without options: two cells that differ in options alone share it. */
  readonly stem: string;
  /** The newest record of each seed. */
  readonly seeds: ReadonlyMap<number, TrialRecord>;
  /** The newest of them all. */
  readonly newest: TrialRecord;
}

const hashOf = (value: unknown) => sha256Hex(canonicalize(value) ?? "").slice(0, 8);

/** `few-shot/omniglot/5w1s quick maml`; in the open division with a hash of what was changed, which makes another cell. */
function stemOf({ spec: { protocol, algorithm, backbone, training } }: TrialRecord): string {
  const changed = { ...essentialsOf(protocol), version: 0, backbone };
  const division = protocol.division === "open" ? ` open ${hashOf(changed)}` : "";
  return `${protocol.id} ${protocol.tier}${division} ${algorithm.id}${training ? ` ${hashOf(training)}` : ""}`;
}

const isNewer = (a: TrialRecord, b: TrialRecord) => a.provenance.finishedAt > b.provenance.finishedAt;

/** Sorts records into cells. Version and source of the algorithm, and the version of the protocol, are no part of a cell's key. */
export function cellsOf(records: readonly TrialRecord[]): ReadonlyMap<string, Cell> {
  const grouped = Map.groupBy(
    records,
    (record) => `${stemOf(record)} ${hashOf(record.spec.algorithm.options)}`,
  );
  const cells = [...grouped].map(([key, ofCell]): [string, Cell] => {
    const seeds = new Map<number, TrialRecord>();
    for (const record of ofCell) {
      const other = seeds.get(record.spec.seed);
      if (other === undefined || isNewer(record, other)) seeds.set(record.spec.seed, record);
    }
    const newest = ofCell.reduce((one, other) => (isNewer(other, one) ? other : one));
    return [key, { key, stem: stemOf(newest), seeds, newest }];
  });
  return new Map(cells);
}

/** Two cells that answer for the same method; one is missing where only one side has it. */
export interface CellPair {
  readonly baseline: Cell | undefined;
  readonly candidate: Cell | undefined;
}

/**
 * Pairs the cells of two sides by key. A method whose options were changed has another key: where one cell is left on each side that
 * differs in options alone, these two are a pair.
 */
export function pairCells(
  baseline: ReadonlyMap<string, Cell>,
  candidate: ReadonlyMap<string, Cell>,
): readonly CellPair[] {
  const left = [...baseline.values()].filter(({ key }) => !candidate.has(key));
  const right = [...candidate.values()].filter(({ key }) => !baseline.has(key));
  const only = (cells: readonly Cell[], stem: string) => {
    const [one, ...more] = cells.filter((cell) => cell.stem === stem);
    return more.length === 0 ? one : undefined;
  };
  const renamed = new Map<Cell, Cell>();
  for (const cell of left) {
    const other = only(right, cell.stem);
    if (other !== undefined && only(left, cell.stem) === cell) renamed.set(cell, other);
  }
  const taken = new Set(renamed.values());
  return [
    ...[...baseline.values()].map((cell) => ({
      baseline: cell,
      candidate: candidate.get(cell.key) ?? renamed.get(cell),
    })),
    ...right.filter((cell) => !taken.has(cell)).map((cell) => ({ baseline: undefined, candidate: cell })),
  ];
}

/** The completed records of a cell by seed. */
export const completedOf = (cell: Cell): ReadonlyMap<number, CompletedRecord> =>
  new Map(
    [...cell.seeds].flatMap(([seed, record]) => (record.status === "completed" ? [[seed, record]] : [])),
  );
