import type { Row, RobustnessVariant } from "@metabench/core";
import type { Drawing } from "./draw.ts";
import { rowNames } from "../table/row-names.ts";
import { seriesPlot, type Series } from "./series-plot.ts";

const axis = {
  "input-noise": { label: "Noise on test images (standard deviation, % of the pixel range)", words: "noise" },
  "wrong-labels": { label: "Wrong support labels (%)", words: "wrong support labels" },
} as const satisfies Record<RobustnessVariant["kind"], unknown>;

/** Accuracy against how much of the test is changed, the plain test at 0; null where no row was tested again so. */
export function robustnessCurves(rows: readonly Row[], kind: RobustnessVariant["kind"]): Drawing | null {
  const percent = (value: number | null) => (value === null ? null : value * 100);
  const names = rowNames(rows);
  const series: Series[] = rows.flatMap(({ id, score, robustness }) => {
    const tested = robustness.flatMap((variant) =>
      variant.kind === kind && variant.score ? [{ level: variant.level, score: variant.score }] : [],
    );
    if (!score || tested.length === 0) return [];
    const points = [{ level: 0, score }, ...tested].map(({ level, score: { mean, low, high } }) => ({
      x: level * 100,
      y: mean * 100,
      low: percent(low),
      high: percent(high),
    }));
    return [{ name: names.get(id) ?? id, points }];
  });
  if (series.length === 0) return null;
  const { label, words } = axis[kind];
  const ends = series.map(
    ({ name, points }) =>
      `${name} from ${(points[0]?.y ?? 0).toFixed(1)} to ${(points.at(-1)?.y ?? 0).toFixed(1)}`,
  );
  return seriesPlot(`Accuracy (%) under ${words}: ${ends.join("; ")}.`, series, {
    x: label,
    y: "Accuracy (%)",
  });
}
