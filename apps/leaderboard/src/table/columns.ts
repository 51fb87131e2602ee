import type { Row, Table } from "@metabench/core";
import { fixed, plural } from "../format/number.ts";
import { inWords } from "../format/status.ts";
import { missing, plain, type Cell } from "./cell.ts";
import type { Column } from "./column.ts";
import { costColumns } from "./cost-columns.ts";
import { differing, estimated, measureOf, type Measure } from "./measure.ts";
import { spreadColumns } from "./spread-columns.ts";
import { trainingColumn } from "./training-column.ts";
import { transferColumns } from "./transfer-columns.ts";

function rank({ place }: Row): Cell {
  if (!place) return missing("not ranked");
  const { rank: at, low, high } = place;
  const figure = { figure: fixed(at, Number.isInteger(at) ? 0 : 1), sort: at };
  return low === high ? figure : { ...figure, detail: `${String(low)} to ${String(high)}` };
}

function failure(row: Row): string {
  const failed = row.seeds.filter(({ status }) => status !== "completed");
  const how = [...new Set(failed.map(({ status }) => inWords(status)))].join(", ");
  return `failed: ${how}, ${String(failed.length)} of ${plural(row.seeds.length, "seed")}`;
}

function toBest(row: Row, leaders: ReadonlySet<string>, measure: Measure): Cell {
  if (!row.place) return missing("failed");
  if (!row.toBest) return missing("leads");
  return differing(row.toBest, measure, leaders.has(row.id) ? { words: "tied with the best" } : undefined);
}

const macro = (key: "precision" | "recall" | "f1", head: string): Column => ({
  key,
  head,
  unit: "%",
  anchor: "precision-recall-f1",
  better: "higher",
  cell: ({ classification }) => plain(classification?.[key], (value) => fixed(value * 100, 1), "failed"),
});

function adaptation(measure: Measure): Column[] {
  return [
    {
      key: "steps-to-90",
      head: "Steps to 90\u00a0%",
      anchor: "steps-to-90",
      better: "lower",
      cell: ({ adaptation: curve }) =>
        curve
          ? plain(curve.stepsTo90, String, curve.oneShot ? "adapts in one go" : "no gain from steps")
          : missing("failed"),
    },
    {
      key: "area",
      head: "Area under curve",
      unit: measure.unit,
      anchor: "area",
      better: null,
      cell: ({ adaptation: curve }) =>
        curve
          ? plain(
              curve.area,
              (value) => fixed(value * measure.factor, measure.digits),
              curve.oneShot ? "adapts in one go" : "curve too short",
            )
          : missing("failed"),
    },
  ];
}

/** The columns of a table, score first. */
export function columnsOf(table: Table): Column[] {
  const { rows, headline, protocol } = table;
  const measure = measureOf(
    headline.unit,
    rows.flatMap(({ score }) => score ?? []),
  );
  const leaders = new Set(rows.filter(({ place }) => place?.group === 1).map(({ id }) => id));
  const tasks = [...new Set(rows.flatMap((row) => row.tasks.map(({ id }) => id)))];
  const score =
    protocol.kind === "multi-task"
      ? "Mean accuracy"
      : protocol.kind === "few-shot-regression"
        ? "Mean squared error"
        : "Accuracy";
  return [
    { key: "rank", head: "Rank", anchor: "rank", better: "lower", cell: rank },
    {
      key: "score",
      head: score,
      ...(measure.unit && { unit: measure.unit }),
      anchor: protocol.kind === "few-shot-regression" ? "mean-squared-error" : "accuracy",
      better: headline.direction,
      drawn: true,
      cell: (row) => estimated(row.score, measure, failure(row)),
    },
    {
      key: "to-best",
      head: "Difference to best",
      unit: measure.unit === "%" ? "points" : "",
      anchor: "paired-difference",
      better: headline.direction,
      cell: (row) => toBest(row, leaders, measure),
    },
    ...tasks.map((task): Column => ({
      key: `task-${task}`,
      head: `Accuracy, ${task}`,
      unit: "%",
      anchor: "accuracy",
      better: "higher",
      cell: (row) => estimated(row.tasks.find(({ id }) => id === task)?.score ?? null, measure, "failed"),
    })),
    ...transferColumns(table, measure),
    ...(protocol.kind === "multi-task" ? [] : adaptation(measure)),
    ...spreadColumns(measure, headline.over),
    ...costColumns(table),
    trainingColumn,
    ...(protocol.kind === "few-shot-regression"
      ? []
      : [macro("precision", "Precision"), macro("recall", "Recall"), macro("f1", "F1")]),
  ];
}
