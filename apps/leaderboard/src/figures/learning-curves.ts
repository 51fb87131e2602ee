import type { Protocol, Row } from "@metabench/core";
import type { Drawing } from "./draw.ts";
import { rowNames } from "../table/row-names.ts";
import { seriesPlot, type Series } from "./series-plot.ts";

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const metricName = {
  "few-shot-classification": "Validation accuracy",
  "few-shot-regression": "Validation mean squared error",
  "multi-task": "Validation accuracy, mean over tasks",
} as const satisfies Record<Protocol["kind"], string>;

/** What a budget is counted in, for an axis. */
export const processedLabel = (kind: Protocol["kind"]): string =>
  kind === "few-shot-regression" ? "Training points processed" : "Training images processed";

/**
 * What is to be said of the points of {@link learningCurves}: which was kept. Multi-task learning selects by the gain over the
 * reference, relative to it and averaged over tasks, which the curve does not show.
 */
export const selectionWords = {
  "few-shot-classification": "The parameters of the highest point were kept and tested.",
  "few-shot-regression": "The parameters of the lowest point were kept and tested.",
  "multi-task":
    "The parameters that were kept and tested are those of the largest mean gain over the single-task reference, each task relative to it: not always those of the highest point.",
} as const satisfies Record<Protocol["kind"], string>;

/**
 * The metric on the validation split against training images processed; null where no row was trained. Not the score of selection:
 * in multi-task learning that is relative to the reference, and the reference has none.
 */
export function learningCurves(rows: readonly Row[], kind: Protocol["kind"]): Drawing | null {
  const names = rowNames(rows);
  const series: Series[] = rows.flatMap((row) => {
    const group = names.get(row.id) ?? row.id;
    return row.learningCurves.flatMap(({ seed, points }) =>
      points.length > 1
        ? [
            {
              name: row.seeds.length > 1 ? `${group}, seed ${String(seed)}` : group,
              group,
              points: points.map(({ images, validation }) => ({
                x: images,
                y: meanOf(Object.values(validation)),
              })),
            },
          ]
        : [],
    );
  });
  if (series.length === 0) return null;
  const y = metricName[kind];
  const x = processedLabel(kind);
  return seriesPlot(
    `${y} against ${x.toLowerCase()}: ${series.map(({ name }) => name).join(", ")}.`,
    series,
    { x, y },
  );
}
