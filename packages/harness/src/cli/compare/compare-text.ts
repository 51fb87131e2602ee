import type { CompareReport } from "@metabench/core";
import CliTable from "cli-table3";
import type { Terminal } from "../terminal.ts";
import { amountText, basisText, dropText, headlineText, meanText, ordered, verdictWords } from "./words.ts";

/** A comparison as a table for a terminal; identical cells are only counted. */
export function compareText(report: CompareReport, colours: Terminal["colours"]): string {
  const { verdict, cells } = report;
  const shown = ordered(cells).filter((cell) => cell.verdict !== "identical");
  const grid = new CliTable({
    head: [
      "verdict",
      "method",
      "protocol",
      "baseline",
      "candidate",
      "drop, interval",
      "margin",
      "seeds",
      "by",
    ],
    style: { head: [], border: [] },
  });
  for (const cell of shown)
    grid.push([
      `${verdictWords[cell.verdict]}${cell.counted ? "" : " (does not count)"}`,
      cell.label,
      cell.protocol,
      meanText(cell, cell.baseline?.mean),
      meanText(cell, cell.candidate?.mean),
      dropText(cell),
      cell.margin === null ? "—" : amountText(cell, cell.margin),
      `${String(cell.baseline?.seeds.length ?? 0)} and ${String(cell.candidate?.seeds.length ?? 0)}`,
      basisText(cell),
    ]);
  const identical = cells.length - shown.length;
  const mark = report.exitCode === 0 ? colours.green : report.exitCode === 10 ? colours.red : colours.yellow;
  return [
    `${colours.bold(mark(verdictWords[verdict]))}: ${headlineText(verdict, cells)}.`,
    ...(shown.length > 0 ? [grid.toString()] : []),
    ...(identical > 0
      ? [`${String(identical)} cells are identical: the same bits on every common seed.`]
      : []),
    ...warningLines(report).map((line) => `warning: ${line}`),
    `Baseline: ${originText(report.baseline)}`,
    `Candidate: ${originText(report.candidate)}`,
  ].join("\n");
}

/** "raise the version … (GATE-VERSION)", one line a warning. */
export const warningLines = ({ cells }: CompareReport): readonly string[] =>
  ordered(cells).flatMap((cell) =>
    cell.warnings.map(({ code, detail }) => `${cell.label} on ${cell.protocol}: ${detail} (${code})`),
  );

/** Where one side's records come from. */
export function originText({ records, commits, dirty, devices }: CompareReport["baseline"]): string {
  const from =
    commits.length === 1 ? `commit ${commits[0]?.slice(0, 7) ?? ""}` : `${String(commits.length)} commits`;
  return `${String(records)} records, ${from}${dirty ? ", some with uncommitted changes" : ""}, ${devices.join("; ") || "no device named"}`;
}
