import type { Protocol, Row } from "@metabench/core";
import type { Drawing } from "./draw.ts";
import { seriesPlot, type Series } from "./series-plot.ts";

const nameOf = (row: Row, seed: number) =>
  row.seeds.length > 1 ? `${row.algorithm.label}, seed ${String(seed)}` : row.algorithm.label;

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const metricName = {
  "few-shot-classification": "Validation accuracy",
  "few-shot-regression": "Validation mean squared error",
  "multi-task": "Validation accuracy, mean over tasks",
} as const satisfies Record<Protocol["kind"], string>;

/**
 * The metric on the validation split against training images processed; null where no row was trained. Not the score of selection:
 * in multi-task learning that is relative to the reference, and the reference has none.
 */
export function learningCurves(rows: readonly Row[], kind: Protocol["kind"]): Drawing | null {
  const series: Series[] = rows.flatMap((row) =>
    row.learningCurves.flatMap(({ seed, points }) =>
      points.length > 1
        ? [
            {
              name: nameOf(row, seed),
              group: row.algorithm.label,
              points: points.map(({ images, validation }) => ({
                x: images,
                y: meanOf(Object.values(validation)),
              })),
            },
          ]
        : [],
    ),
  );
  if (series.length === 0) return null;
  const y = metricName[kind];
  const x = kind === "few-shot-regression" ? "Training points processed" : "Training images processed";
  return seriesPlot(
    `${y} against ${x.toLowerCase()}: ${series.map(({ name }) => name).join(", ")}.`,
    series,
    { x, y },
  );
}
