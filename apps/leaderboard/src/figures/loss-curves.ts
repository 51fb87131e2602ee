import type { Table, TrainingPoint } from "@metabench/core";
import type { Drawing } from "./draw.ts";
import { processedLabel } from "./learning-curves.ts";
import { seriesPlot } from "./series-plot.ts";

/** Named training losses against the examples processed; null without training. */
export function lossCurves(
  curve: readonly TrainingPoint[],
  table: Pick<Table, "protocol" | "dataset">,
): Drawing | null {
  const names = [...new Set(curve.flatMap(({ losses }) => Object.keys(losses)))];
  const series = names.map((name) => ({
    name,
    points: curve.flatMap(({ images, losses }) => {
      const y = losses[name];
      return y === undefined ? [] : [{ x: images, y }];
    }),
  }));
  if (series.length === 0) return null;
  return seriesPlot(`Training losses: ${names.join(", ")}.`, series, {
    x: processedLabel(table),
    y: "Loss",
  });
}
