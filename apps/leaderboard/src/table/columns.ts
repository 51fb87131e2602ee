import {
  areaSteps,
  axesOfTable,
  metricDefinitions,
  regimes,
  targets,
  type MetricId,
  type Row,
  type Table,
} from "@metabench/core";
import { fixed, plural } from "../format/number.ts";
import { inWords } from "../format/status.ts";
import { missing, plain, type Cell } from "./cell.ts";
import type { Column } from "./column.ts";
import { costColumns } from "./cost-columns.ts";
import { definitionColumn } from "./definition-column.ts";
import { differing, estimated, measureOf, type Measure } from "./measure.ts";
import { spreadColumns } from "./spread-columns.ts";
import { trainingColumn } from "./training-column.ts";
import { mostTaskColumns, transferColumns } from "./transfer-columns.ts";

function rank({ place }: Row): Cell {
  if (!place) return missing("not ranked");
  const { rank: at, low, high } = place;
  const figure = { figure: fixed(at, Number.isInteger(at) ? 0 : 1), sort: at };
  return low === high ? figure : { ...figure, detail: `${String(low)} to ${String(high)}` };
}

function failure(row: Row): string {
  const failed = row.seeds.filter(({ status }) => status !== "completed");
  const how = [...new Set(failed.map(({ status }) => inWords(status)))].join(", ");
  const words = how === inWords("failed") ? "" : `${how}, `;
  return `failed: ${words}${String(failed.length)} of ${plural(row.seeds.length, "seed")}`;
}

/** The row minus the best. A tie may stand beside an interval that excludes 0: ties use Holm's correction, the interval does not. */
function toBest(row: Row, best: Row | undefined, measure: Measure): Cell {
  if (!row.place) return missing("failed");
  if (!row.toBest) return { figure: null, words: "leads", sort: 0 };
  const seeds = Math.max(row.seeds.length, best?.seeds.length ?? 0);
  const words = [
    ...(row.place.group === 1 ? ["tied after Holm's correction"] : []),
    ...(row.toBest.seeds < seeds ? [`on ${String(row.toBest.seeds)} of ${plural(seeds, "seed")}`] : []),
  ].join(", ");
  return differing(row.toBest, measure, words === "" ? undefined : { words });
}

/** A metric beside the headline: the mean over seeds. Records made before it existed have none. */
function metricColumn(id: MetricId): Column {
  const { title, unit, anchor, direction } = metricDefinitions[id];
  const show = (value: number) => (unit === "share" ? fixed(value * 100, 1) : fixed(value, 3));
  return {
    key: id,
    head: title,
    unit: unit === "share" ? "%" : unit,
    anchor,
    better: direction,
    cell: ({ metrics, score }) => plain(metrics[id], show, score === null ? "failed" : "not recorded"),
  };
}

function adaptation(measure: Measure): Column[] {
  return [
    {
      key: "steps-to-90",
      head: "Adaptation steps",
      anchor: "steps-to-90",
      better: "lower",
      cell: ({ adaptation: curve }) =>
        curve
          ? plain(curve.stepsTo90, String, curve.oneShot ? "adapts without steps" : "steps do not help")
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
              curve.oneShot
                ? "adapts without steps"
                : curve.headlineStep > areaSteps
                  ? "result taken later"
                  : "curve too short",
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
  const tasks = [...new Set(rows.flatMap((row) => row.tasks.map(({ id }) => id)))];
  const axes = axesOfTable(table);
  const { adapts } = regimes[axes.regime];
  const main = regimes[axes.regime].headline[axes.target];
  const { title, anchor } = metricDefinitions[main];
  const score = tasks.length > 0 && targets[axes.target].classes ? `Mean ${title.toLowerCase()}` : title;
  const others = targets[axes.target].metrics.filter(
    (id) => id !== main && rows.some(({ metrics }) => metrics[id] !== undefined),
  );
  return [
    { key: "rank", head: "Rank", anchor: "rank", better: "lower", cell: rank },
    {
      key: "score",
      head: score,
      ...(measure.unit && { unit: measure.unit }),
      anchor,
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
      cell: (row) => toBest(row, rows[0], measure),
    },
    ...(tasks.length > mostTaskColumns ? [] : tasks).map((task): Column => ({
      key: `task-${task}`,
      head: `${title}, ${task}`,
      ...(measure.unit && { unit: measure.unit }),
      anchor,
      better: headline.direction,
      cell: (row) => estimated(row.tasks.find(({ id }) => id === task)?.score ?? null, measure, "failed"),
    })),
    ...transferColumns(table, measure),
    ...(adapts ? adaptation(measure) : []),
    ...spreadColumns(measure, headline.over),
    ...(protocol.division === "open" ? [definitionColumn] : []),
    ...costColumns(table),
    trainingColumn,
    ...others.map(metricColumn),
  ];
}
