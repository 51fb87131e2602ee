import type * as Plot from "@observablehq/plot";
import { timedOn, waitingMs, type Table } from "@metabench/core";

/** Marks of the first devices of a table, and what they are called. */
const marks = [
  { symbol: "circle", name: "circles" },
  { symbol: "square", name: "squares" },
  { symbol: "triangle", name: "triangles" },
  { symbol: "diamond", name: "diamonds" },
] as const;

/** Rows that can be drawn against their time. */
export const timedRows = ({ rows }: Pick<Table, "rows">) =>
  rows.flatMap((row) => {
    const time = waitingMs(row);
    const score = row.score?.mean;
    return time === null || time <= 0 || score === undefined ? [] : [{ row, time, score }];
  });

const devicesOf = (table: Pick<Table, "rows">) => [
  ...new Set(timedRows(table).map(({ row }) => timedOn(row))),
];

/** Symbol of each device that rows were timed on. */
export const symbolsOf = (table: Pick<Table, "rows">): ReadonlyMap<string, Plot.SymbolType> =>
  new Map(devicesOf(table).map((device, n) => [device, marks[n % marks.length]?.symbol ?? "circle"]));

/** Where rows were timed on several devices, a warning with the mark of each; empty where they were on one. */
export function devicesInWords(table: Pick<Table, "rows">): string {
  const devices = devicesOf(table);
  if (devices.length < 2) return "";
  const words = devices.map(
    (device, n) => `${marks[n % marks.length]?.name ?? ""} on ${device || "an unknown one"}`,
  );
  return ` Times of different devices are not comparable; each device has its own front: ${words.join("; ")}.`;
}
