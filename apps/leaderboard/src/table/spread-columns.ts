import type { Row } from "@metabench/core";
import { fixed, significant } from "../format/number.ts";
import { missing, type Cell } from "./cell.ts";
import type { Column } from "./column.ts";
import type { Measure } from "./measure.ts";

/** Why a row has no spread: with several seeds, all of its accuracies are 0 or all are 1. */
export const noSpread = ({ score }: Pick<Row, "score">): string =>
  score ? (score.seeds === 1 ? "needs several seeds" : "nothing varies") : "failed";

const none = (row: Row): Cell => missing(noSpread(row));

/** A standard deviation: points to two places, errors to three figures. */
export function spreadFigure(deviation: number, { unit, factor }: Measure): string {
  return unit === "%" ? fixed(deviation * factor, 2) : significant(deviation * factor);
}

/** Spread of seeds and of episodes: parts of the variance, as standard deviations in the score's unit. */
export function spreadColumns(measure: Measure, over: "test episodes" | "test examples"): Column[] {
  const points = measure.unit === "%" ? "points" : "";
  const items = over === "test episodes" ? "episodes" : "examples";
  return [
    {
      key: "seed-spread",
      head: "Spread of seeds",
      unit: points,
      anchor: "variance-parts",
      better: "lower",
      cell: (row) =>
        row.spread ? { figure: spreadFigure(row.spread.seed, measure), sort: row.spread.seed } : none(row),
    },
    {
      key: "item-spread",
      head: `Spread of ${items}`,
      unit: points,
      anchor: "variance-parts",
      better: null,
      cell: (row) =>
        row.spread
          ? {
              figure: spreadFigure(row.spread.item, measure),
              detail: `residual ${spreadFigure(row.spread.residual, measure)}`,
              sort: row.spread.item,
            }
          : none(row),
    },
  ];
}
