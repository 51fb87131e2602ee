import type { Protocol, Row } from "@metabench/core";
import type { Drawing } from "./draw.ts";
import { seriesPlot, type Series } from "./series-plot.ts";

const nameOf = (row: Row, seed: number) =>
  row.seeds.length > 1 ? `${row.algorithm.label}, seed ${String(seed)}` : row.algorithm.label;

/** What selection compared, against training images processed; null where no row was trained. */
export function learningCurves(rows: readonly Row[], kind: Protocol["kind"]): Drawing | null {
  const series: Series[] = rows.flatMap((row) =>
    row.learningCurves.flatMap(({ seed, points }) =>
      points.length > 1
        ? [
            {
              name: nameOf(row, seed),
              group: row.algorithm.label,
              points: points.map(({ images, score }) => ({ x: images, y: score })),
            },
          ]
        : [],
    ),
  );
  if (series.length === 0) return null;
  const y =
    kind === "few-shot-classification" ? "Validation accuracy" : "Validation score (higher is better)";
  const x = kind === "few-shot-regression" ? "Training points processed" : "Training images processed";
  return seriesPlot(
    `${y} against ${x.toLowerCase()}: ${series.map(({ name }) => name).join(", ")}.`,
    series,
    { x, y },
  );
}
