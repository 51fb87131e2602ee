import { axesOfTable, variantsFor, type RobustnessVariant, type Row, type Table } from "@metabench/core";
import CliTable from "cli-table3";
import { methodCell } from "./cells.ts";
import { score } from "./numbers.ts";

const headOf = ({ kind, level }: RobustnessVariant) =>
  kind === "input-noise" ? `noise ${String(level)}` : `labels ${String(level * 100)} %`;

function cell({ robustness }: Row, { id }: RobustnessVariant): string {
  const variant = robustness.find((one) => one.id === id);
  if (!variant) return "—";
  return variant.score === null ? "broke" : score(variant.score.mean, "share");
}

/** Accuracy of the rows that were tested again under changed tests; no lines where none was. */
export function robustnessLines(table: Table): readonly string[] {
  const { rows } = table;
  const tested = rows.filter(({ robustness }) => robustness.length > 0);
  if (tested.length === 0) return [];
  const variants = variantsFor(axesOfTable(table));
  const grid = new CliTable({
    head: ["tested again", "plain", ...variants.map(headOf)],
    style: { head: [], border: [] },
  });
  for (const row of tested)
    grid.push([
      methodCell(row, rows),
      row.score ? score(row.score.mean, "share") : "—",
      ...variants.map((variant) => cell(row, variant)),
    ]);
  return [
    grid.toString(),
    "Tested again: accuracy under image noise (standard deviation as a fraction of the pixel range) and under wrong support labels.",
    ...tested.flatMap(({ algorithm, robustness }) =>
      robustness.flatMap(({ id, reason }) =>
        reason === null ? [] : [`${algorithm.label}, ${id}: ${reason}`],
      ),
    ),
  ];
}
