import type { Leaderboard, Row, Table } from "@metabench/core";
import CliTable from "cli-table3";
import colours from "picocolors";
import { adaptationCell, costCell, placeCell, scoreCell, transferCell } from "./cells.ts";

const heads = ["rank", "method", "score", "adaptation", "negative transfer", "training", "flags"];

/** Standings as tables for a terminal, one a protocol; failed rows say why, flags are explained below. */
export function renderStandings(leaderboard: Leaderboard): string {
  if (leaderboard.tables.length === 0) return "No records yet. Run `metabench run --suite quick`.";
  return leaderboard.tables.map(renderTable).join("\n\n");
}

function renderTable(table: Table): string {
  const { headline, protocol } = table;
  const grid = new CliTable({ head: heads, style: { head: [], border: [], compact: true } });
  for (const row of table.rows) grid.push([...cells(row, table)]);
  const arrow = headline.direction === "higher" ? "higher is better" : "lower is better";
  const division = protocol.division === "open" ? ", open division" : "";
  return [
    colours.bold(`${protocol.title} — ${protocol.id}, ${protocol.tier}${division}`),
    `${headline.name}, ${arrow}, 95 % interval${table.items === null ? "" : `, ${String(table.items)} ${headline.over}`}${table.transductive ? "; transductive rows" : ""}`,
    ...(table.notComparable === null ? [] : [table.notComparable]),
    grid.toString(),
    ...notes(table),
  ].join("\n");
}

function cells(row: Row, table: Table): readonly string[] {
  const label = row.algorithm.role === "control" ? `${row.algorithm.label} (control)` : row.algorithm.label;
  return [
    placeCell(row),
    label,
    scoreCell(row, table.headline),
    adaptationCell(row),
    transferCell(row, table.headline),
    costCell(row),
    row.flags.map(({ code }) => code).join("\n"),
  ];
}

function notes(table: Table): readonly string[] {
  const lines: string[] = [];
  if (table.rows.some((row) => row.transfer.kind !== "none"))
    lines.push(
      "Negative transfer: the reference that learns the task alone minus the method, so that above 0 the method lost.",
    );
  const flags = new Map(
    table.rows.flatMap((row) => row.flags.map(({ code, text }) => [code, text] as const)),
  );
  // Failures have lines of their own, with their reason.
  flags.delete("failed-seed");
  for (const [code, text] of flags) lines.push(`${code}: ${text}`);
  const failed = table.rows.flatMap((row) =>
    row.seeds.flatMap((seed) => (seed.error ? [{ row, seed, error: seed.error }] : [])),
  );
  for (const { row, seed, error } of failed)
    lines.push(`${row.algorithm.label}, seed ${String(seed.seed)}, ${seed.status}: ${error.message}`);
  return lines.map((line) => colours.dim(line));
}
