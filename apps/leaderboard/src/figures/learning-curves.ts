import { axesOfTable, inputs, metricDefinitions, regimes, type Row, type Table } from "@metabench/core";
import type { Drawing } from "./draw.ts";
import { rowNames } from "../table/row-names.ts";
import { seriesPlot, type Series } from "./series-plot.ts";

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a table is about, as far as its curves depend on it. */
type Subject = Pick<Table, "protocol" | "dataset">;

/** The metric on the validation split, for an axis. */
function metricLabel(subject: Subject): string {
  const { regime, target } = axesOfTable(subject);
  const { name } = metricDefinitions[regimes[regime].headline[target]];
  return `Validation ${name}${regimes[regime].adapts ? "" : ", mean over tasks"}`;
}

/** What a budget is counted in, for an axis. */
export const processedLabel = (subject: Subject): string =>
  `Training ${inputs[axesOfTable(subject).input].processed} processed`;

/**
 * Says which point of {@link learningCurves} was kept. Multi-task learning selects by the gain relative to the reference, averaged over
 * tasks, which the curve does not show.
 */
export function selectionWords(subject: Subject): string {
  const { regime, target } = axesOfTable(subject);
  const { selectsAgainstReference, headline } = regimes[regime];
  if (selectsAgainstReference)
    return "The kept and tested parameters have the largest mean gain over the single-task reference, relative to it for each task. They are not always those of the highest point.";
  const best = metricDefinitions[headline[target]].direction === "higher" ? "highest" : "lowest";
  return `The parameters of the ${best} point were kept and tested.`;
}

/**
 * The metric on the validation split against training images processed; null where no row was trained. Not the score of selection:
 * in multi-task learning that is relative to the reference, and the reference has none.
 */
export function learningCurves(rows: readonly Row[], subject: Subject): Drawing | null {
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
  const y = metricLabel(subject);
  const x = processedLabel(subject);
  return seriesPlot(
    `${y} against ${x.toLowerCase()}: ${series.map(({ name }) => name).join(", ")}.`,
    series,
    { x, y },
  );
}
