import type { Table } from "@metabench/core";
import { measureOf, textOf } from "../table/measure.ts";
import { rowNames } from "../table/row-names.ts";
import { isWide } from "./decades.ts";
import type { Drawing } from "./draw.ts";
import { headlineLabel } from "./score-intervals.ts";
import { seriesPlot } from "./series-plot.ts";

/** The metric after each adaptation step, with its interval; null where no row adapts in steps. */
export function adaptationCurves(table: Pick<Table, "headline" | "rows">): Drawing | null {
  const { factor } = measureOf(table.headline.unit, []);
  const scaled = (value: number | null) => (value === null ? null : value * factor);
  const names = rowNames(table.rows);
  const series = table.rows.flatMap(({ id, adaptation }) =>
    adaptation && !adaptation.oneShot && adaptation.steps.length > 1
      ? [
          {
            name: names.get(id) ?? id,
            points: adaptation.curve.map(({ mean, low, high }, at) => ({
              x: adaptation.steps[at] ?? at,
              y: mean * factor,
              low: scaled(low),
              high: scaled(high),
            })),
          },
        ]
      : [],
  );
  if (series.length === 0) return null;
  const show = textOf(table.headline.unit);
  const ways = series.map(
    ({ name, points }) => `${name} from ${show(points[0]?.y ?? 0)} to ${show(points.at(-1)?.y ?? 0)}`,
  );
  const label = `${headlineLabel(table)} after each adaptation step: ${ways.join("; ")}.`;
  const logarithmicY =
    table.headline.direction === "lower" && isWide(series.flatMap(({ points }) => points.map(({ y }) => y)));
  return seriesPlot(label, series, {
    x: "Adaptation steps",
    y: headlineLabel(table),
    wholeX: true,
    logarithmicY,
  });
}
