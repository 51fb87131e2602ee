import Table from "cli-table3";
import { z } from "zod";
import { describeMachine, machineSchema } from "../machine.ts";

const milliseconds = z.number().positive();
const ratio = z.number().positive();

/** One row of the comparison. A ratio is peer / ours: above 1 we are faster. */
export const rowReportSchema = z.strictObject({
  id: z.string(),
  workload: z.string(),
  /** What the milliseconds are for. */
  unit: z.string(),
  /** Threads of each process. */
  threads: z.int().positive(),
  /** Processes side by side on each side. */
  processes: z.int().positive(),
  /** The library that did the peer's work. */
  peer: z.string(),
  ours_ms: milliseconds,
  peer_ms: milliseconds,
  /** Median of the pairs' ratios, with the lowest and the highest of them. */
  ratio,
  ratio_min: ratio,
  ratio_max: ratio,
  /** The ratio that is asked for, and whether it was reached; null for a row that is shown for information. */
  bar: ratio.nullable(),
  met: z.boolean().nullable(),
  /** Of the model; the same on both sides. */
  parameters: z.int().nonnegative(),
  /** Last loss, accuracy of the meta-test, or indices drawn: shows that the work was done. */
  ours_value: z.number(),
  peer_value: z.number(),
  versions: z.record(z.string(), z.string()),
});

/** What `bench:peers --json` writes. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  date: z.iso.datetime(),
  machine: machineSchema,
  threads: z.int().positive(),
  pairs: z.int().positive(),
  /** What the Python environment lacks, in words. */
  notes: z.array(z.string()),
  rows: z.array(rowReportSchema),
});

export type RowReport = Readonly<z.infer<typeof rowReportSchema>>;
export type Report = Readonly<z.infer<typeof reportSchema>>;

const time = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const head = ["workload", "peer", "ours, ms", "peer, ms", "ratio", "lowest – highest", "bar", "reached"];

const cells = (row: RowReport): string[] => [
  `${row.workload} (ms ${/^[aeiou]/u.test(row.unit) ? "an" : "a"} ${row.unit})`,
  row.peer,
  time(row.ours_ms),
  time(row.peer_ms),
  row.ratio.toFixed(2),
  `${row.ratio_min.toFixed(2)} – ${row.ratio_max.toFixed(2)}`,
  row.bar === null ? "–" : row.bar.toFixed(1),
  row.met === null ? "–" : row.met ? "yes" : "no",
];

/** Machine, date and versions, a line each. */
export function circumstances({ machine, date, threads, pairs, notes, rows }: Report): string[] {
  const versions = Object.entries(Object.assign({}, ...rows.map((row) => row.versions)) as object);
  return [
    describeMachine(machine),
    `${date}; ${String(threads)} threads on both sides; median of ${String(pairs)} pairs`,
    versions.map(([name, version]) => `${name} ${String(version)}`).join(", "),
    ...notes,
  ];
}

/** For the terminal. */
export function asTable(report: Report): string {
  const table = new Table({ head, style: { head: [], border: [] }, colAligns: ["left", "left", "right"] });
  table.push(...report.rows.map(cells));
  return [...circumstances(report), table.toString()].join("\n");
}

/** For a page. */
export function asMarkdown(report: Report): string {
  const line = (values: readonly string[]) => `| ${values.join(" | ")} |`;
  return [
    ...circumstances(report).map((text) => `- ${text}`),
    "",
    line(head),
    line(head.map((_name, at) => (at < 2 ? "---" : "--:"))),
    ...report.rows.map((row) => line(cells(row))),
  ].join("\n");
}
