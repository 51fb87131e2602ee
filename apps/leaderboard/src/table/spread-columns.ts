import type { Row } from "@metabench/core";
import { significant } from "../format/number.ts";
import { missing, type Cell } from "./cell.ts";
import type { Column } from "./column.ts";
import type { Measure } from "./measure.ts";

const none = ({ score }: Row): Cell => missing(score ? "one seed cannot tell" : "failed");

/** How far seeds lie apart, and how far episodes: the two parts of the variance, as standard deviations in the score's unit. */
export function spreadColumns({ unit, factor }: Measure, over: "test episodes" | "test examples"): Column[] {
  const points = unit === "%" ? "points" : "";
  const items = over === "test episodes" ? "episodes" : "examples";
  return [
    {
      key: "seed-spread",
      head: "Spread of seeds",
      unit: points,
      anchor: "variance-parts",
      better: "lower",
      cell: (row) =>
        row.spread ? { figure: significant(row.spread.seed * factor), sort: row.spread.seed } : none(row),
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
              figure: significant(row.spread.item * factor),
              detail: `rest ${significant(row.spread.residual * factor)}`,
              sort: row.spread.item,
            }
          : none(row),
    },
  ];
}
