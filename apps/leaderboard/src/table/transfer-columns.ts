import {
  axesOfTable,
  regimes,
  significanceLevel,
  type Difference,
  type NoTransferCode,
  type Regime,
  type Row,
  type Table,
  type Transfer,
} from "@metabench/core";
import { fixed, signed } from "../format/number.ts";
import { missing, type Cell } from "./cell.ts";
import type { Column } from "./column.ts";
import { differing, type Measure } from "./measure.ts";

/** A table with more tasks than this has no column per task; the summaries over tasks stay. */
export const mostTaskColumns = 8;

type Verdict = Pick<Cell, "words" | "tone">;
type TaskGap = Extract<Transfer, { kind: "multi-task" }>["tasks"][number];

const inWords = (significant: boolean, { difference }: Difference): Verdict => {
  if (!significant) return { words: "no clear difference" };
  return difference > 0 ? { words: "harmed", tone: "bad" } : { words: "helped", tone: "good" };
};

/** A verdict on a gap; positive = negative transfer. None with one seed, since another seed may contradict it. */
function verdict(gap: Difference): Verdict {
  if (gap.basis !== "seeds and episodes" || gap.low === null || gap.high === null) return {};
  return inWords(gap.low > 0 || gap.high < 0, gap);
}

/** A verdict on the gap of one task of several: by Holm over the tasks, as tasks harmed are counted. */
function verdictOfTask({ gap, pHolm, harmed }: TaskGap): Verdict {
  return harmed === null ? {} : inWords(pHolm < significanceLevel, gap);
}

const reasons: Readonly<Record<NoTransferCode, string>> = {
  "seed-failed": "failed",
  "is-reference": "is the reference",
  "no-reference": "no reference",
  "reference-failed": "reference failed",
  "reference-missing": "reference missing",
  "other-tasks": "reference has other tasks",
};

const reasonInWords = (transfer: Transfer): string =>
  transfer.kind === "none" ? reasons[transfer.code] : "";

const of = <K extends Transfer["kind"]>(
  kind: K,
  cell: (transfer: Extract<Transfer, { kind: K }>) => Cell,
) => ({
  cell: ({ transfer }: Row): Cell =>
    transfer.kind === kind
      ? cell(transfer as Extract<Transfer, { kind: K }>)
      : missing(reasonInWords(transfer)),
});

const fewShot = (measure: Measure): Column[] => [
  {
    key: "gap",
    head: "Negative transfer",
    unit: "points vs from scratch",
    anchor: "negative-transfer",
    better: "lower",
    ...of("few-shot", ({ gap }) => differing(gap, measure, verdict(gap))),
  },
  {
    key: "harmed",
    head: "Episodes harmed",
    unit: "%",
    anchor: "episodes-harmed",
    better: "lower",
    ...of("few-shot", ({ episodesHarmed, nullLevel }) => ({
      figure: fixed(episodesHarmed * 100, 1),
      detail: nullLevel === null ? "no null level" : `null level ${fixed(nullLevel * 100, 1)}`,
      sort: episodesHarmed,
    })),
  },
];

const change = (head: "Δm" | "Δp", key: "deltaM" | "deltaP"): Column => ({
  key,
  head,
  unit: "%",
  anchor: key === "deltaM" ? "delta-m" : "delta-p",
  better: key === "deltaM" ? "lower" : "higher",
  ...of("multi-task", ({ [key]: value }) => {
    if (!value) return missing("a reference is 0");
    const figure = { figure: signed(value.percent, 2), sort: value.percent };
    return value.smallReferences.length === 0
      ? figure
      : { ...figure, words: `small reference: ${value.smallReferences.join(", ")}` };
  }),
});

const multiTask = (tasks: readonly string[], measure: Measure): Column[] => [
  ...(tasks.length > mostTaskColumns ? [] : tasks).map((task): Column => ({
    key: `gap-${task}`,
    head: `Negative transfer, ${task}`,
    unit: "points vs single task",
    anchor: "negative-transfer",
    better: "lower",
    ...of("multi-task", (transfer) => {
      const entry = transfer.tasks.find((candidate) => candidate.task === task);
      return entry ? differing(entry.gap, measure, verdictOfTask(entry)) : missing("no such task");
    }),
  })),
  change("Δm", "deltaM"),
  change("Δp", "deltaP"),
  {
    key: "tasks-harmed",
    head: "Tasks harmed",
    anchor: "tasks-harmed",
    better: "lower",
    ...of("multi-task", ({ tasksHarmed }) =>
      tasksHarmed === null
        ? missing("no verdict with one seed")
        : { figure: String(tasksHarmed), sort: tasksHarmed },
    ),
  },
];

/** Columns of negative transfer: none where the protocol has no reference. */
export function transferColumns(table: Table, measure: Measure): Column[] {
  const { regime, target } = axesOfTable(table);
  return regimes[regime].reference[target] === null ? [] : columnsOf[regime](table, measure);
}

const columnsOf: Readonly<Record<Regime, (table: Table, measure: Measure) => Column[]>> = {
  "few-shot": (_, measure) => fewShot(measure),
  "multi-task": ({ rows }, measure) =>
    multiTask([...new Set(rows.flatMap((row) => row.tasks.map(({ id }) => id)))], measure),
};
