import {
  axesOfTable,
  robustnessVariants,
  whyNotApplicable,
  type RobustnessVariant,
  type Row,
  type Table,
} from "@metabench/core";
import { digitsFor, plural, signed } from "../format/number.ts";
import { missing, type Cell } from "./cell.ts";
import { estimated, measureOf } from "./measure.ts";

/** A variant as a table's head names it. */
export const headOf = ({ kind, level }: RobustnessVariant): string =>
  kind === "input-noise" ? `Noise, σ ${String(level)}` : `Wrong labels, ${String(level * 100)} %`;

/** Accuracy under a variant, with its difference to the unchanged test. */
export function robustnessCell({ robustness, seeds }: Row, { id }: RobustnessVariant): Cell {
  const variant = robustness.find((one) => one.id === id);
  if (!variant) return missing("not tested again");
  const { score, drop, reason } = variant;
  if (!score || !drop) return missing(`broke. ${reason ?? ""}`);
  const of = score.seeds < seeds.length ? `, ${plural(score.seeds, "seed")} of ${String(seeds.length)}` : "";
  const { difference, low, high } = drop;
  const known = low !== null && high !== null;
  const digits = digitsFor(known ? [(high - low) * 50] : []);
  const change = (loss: number) => signed(-loss * 100, digits);
  const interval = known ? ` (${change(high)} to ${change(low)})` : "";
  return {
    ...estimated(score, measureOf("share", [score]), ""),
    words: `${change(difference)}${interval}${of}`,
  };
}

/** Variants that apply to a table's protocol, and the reasons why others do not. */
export function variantsOf(table: Table): {
  readonly variants: readonly RobustnessVariant[];
  readonly reasons: readonly string[];
} {
  const axes = axesOfTable(table);
  const judged = robustnessVariants.map((variant) => ({
    variant,
    reason: whyNotApplicable(variant, axes),
  }));
  return {
    variants: judged.flatMap(({ variant, reason }) => (reason === null ? [variant] : [])),
    reasons: [...new Set(judged.flatMap(({ reason }) => reason ?? []))],
  };
}
