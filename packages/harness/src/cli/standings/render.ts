import {
  axesOfTable,
  inputs,
  type Headline,
  type Leaderboard,
  type Row,
  type Table,
  type InputFacts,
} from "@metabench/core";
import CliTable from "cli-table3";
import colours from "picocolors";
import {
  adaptationCell,
  costCell,
  flagCell,
  methodCell,
  placeCell,
  scoreCell,
  transferCell,
} from "./cells.ts";
import { robustnessLines } from "./robustness.ts";
import { notesOf, sharedFlags } from "./notes.ts";

const columns: readonly (readonly [
  head: string,
  cell: (row: Row, headline: Headline, processed: InputFacts["processed"], rows: readonly Row[]) => string,
])[] = [
  ["rank", placeCell],
  ["method", (row, _headline, _processed, rows) => methodCell(row, rows)],
  ["score", scoreCell],
  ["adaptation", adaptationCell],
  ["negative transfer", transferCell],
  ["training", (row, _, processed) => costCell(row, processed)],
];

/** Standings as tables for a terminal, one per protocol; failed rows give the reason, flags are explained below. */
export function renderStandings(leaderboard: Leaderboard): string {
  if (leaderboard.tables.length === 0) return "No records yet. Run `metabench run --suite quick`.";
  return leaderboard.tables.map(renderTable).join("\n\n");
}

function renderTable(table: Table): string {
  const { headline, protocol, rows } = table;
  const { processed } = inputs[axesOfTable(table).input];
  const shared = sharedFlags(table);
  const all = [...columns, ["flags", (row: Row) => flagCell(row, shared)] as const]
    .map(([head, cell]) => ({ head, cells: rows.map((row) => cell(row, headline, processed, rows)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== "" && cell !== "—"));
  const grid = new CliTable({ head: all.map(({ head }) => head), style: { head: [], border: [] } });
  for (const at of rows.keys()) grid.push(all.map(({ cells }) => cells[at] ?? ""));
  const division = protocol.division === "open" ? ", open division" : "";
  const items = table.items === null ? "" : `, ${table.items.toLocaleString("en-GB")} ${headline.over}`;
  return [
    colours.bold(
      `${protocol.title} — ${protocol.id}, ${protocol.tier}${division}${table.transductive ? ", transductive" : ""}`,
    ),
    `${headline.name}, ${headline.direction} is better, 95 % interval${items}`,
    ...(table.notComparable === null ? [] : [table.notComparable]),
    grid.toString(),
    ...robustnessLines(table),
    ...notesOf(table).map((line) => colours.dim(line)),
  ].join("\n");
}
