import type { ComparedCell, CompareReport, GateVerdict } from "@metabench/core";
import { originText, warningLines } from "./compare-text.ts";
import { amountText, basisText, dropText, headlineText, meanText, ordered, verdictWords } from "./words.ts";

const marks: Readonly<Record<GateVerdict, string>> = {
  regression: "❌",
  "not-comparable": "🚫",
  inconclusive: "❔",
  improvement: "⬆️",
  "no-regression": "✅",
  identical: "⚪",
};

/** GitHub refuses comments above 65,536 characters. */
const longest = 60_000;

/** Text that stands in a table cell of Markdown as it is: names come from records, which strangers may write. */
const plain = (text: string) =>
  text.replace(/[\\`*_{}[\]<>|#!~@&]/g, (sign) => `&#${String(sign.charCodeAt(0))};`).replace(/\s+/g, " ");

/** A comparison as a comment on a pull request. */
export function compareMarkdown(report: CompareReport): string {
  const { verdict, cells } = report;
  const shown = ordered(cells).filter((cell) => cell.verdict !== "identical");
  const identical = cells.length - shown.length;
  const rows = shown.map(rowOf);
  const end = [
    ...(identical > 0 ? [`| ⚪ ${String(identical)} identical (same bits) | | | | | | | |`] : []),
    "",
    ...warnings(report),
    `<sub>Baseline: ${plain(originText(report.baseline))}. Candidate: ${plain(originText(report.candidate))}.</sub>`,
    "",
  ];
  const head = [
    "<!-- metabench:gate:default -->",
    `### metabench: ${marks[verdict]} ${headlineText(verdict, cells)}`,
    "Does any method lose more than its margin? The test episodes are the same on both sides, so only seeds differ.",
    "",
    "| verdict | method, protocol | baseline | candidate | drop, interval | margin | seeds | by |",
    "| - | - | -: | -: | -: | -: | -: | - |",
  ];
  const room = longest - [...head, ...end].join("\n").length;
  return [...head, ...fitting(rows, room), ...end].join("\n");
}

/** A comment names this many warnings. */
const mostWarnings = 20;

function warnings(report: CompareReport): readonly string[] {
  const lines = warningLines(report).map((line) => `⚠️ ${plain(line)}  `);
  if (lines.length <= mostWarnings) return lines;
  return [
    ...lines.slice(0, mostWarnings),
    `⚠️ ${String(lines.length - mostWarnings)} more warnings are in the JSON report  `,
  ];
}

function rowOf(cell: ComparedCell): string {
  const cells = [
    `${marks[cell.verdict]} ${verdictWords[cell.verdict]}${cell.counted ? "" : " (does not count)"}`,
    `${plain(cell.label)} · ${plain(cell.protocol)}`,
    meanText(cell, cell.baseline?.mean),
    meanText(cell, cell.candidate?.mean),
    dropText(cell),
    cell.margin === null ? "—" : amountText(cell, cell.margin),
    `${String(cell.baseline?.seeds.length ?? 0)}, ${String(cell.candidate?.seeds.length ?? 0)}`,
    plain(basisText(cell)),
  ];
  return `| ${cells.join(" | ")} |`;
}

function fitting(rows: readonly string[], room: number): readonly string[] {
  let used = 0;
  const fits = rows.findIndex((row) => (used += row.length + 1) > room);
  if (fits < 0) return rows;
  return [
    ...rows.slice(0, fits),
    `| … ${String(rows.length - fits)} more rows are in the JSON report | | | | | | | |`,
  ];
}
