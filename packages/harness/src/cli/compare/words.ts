import type { ComparedCell, GateVerdict } from "@metabench/core";
import { figures } from "../standings/numbers.ts";

/** Verdicts as people read them. */
export const verdictWords: Readonly<Record<GateVerdict, string>> = {
  identical: "identical",
  "no-regression": "no regression",
  improvement: "improvement",
  inconclusive: "inconclusive",
  "not-comparable": "not comparable",
  regression: "regression",
};

/** A mean of a cell: a share in percent, an error with three figures. */
export function meanText({ scale }: ComparedCell, mean: number | null | undefined): string {
  if (mean === null || mean === undefined) return "—";
  return scale === "points" ? `${(mean * 100).toFixed(1)} %` : figures(mean);
}

/** A drop or a margin: points of a share, percent of an error. */
export function amountText({ scale }: ComparedCell, amount: number): string {
  const shown = (amount * 100).toFixed(1);
  const text = shown === "-0.0" ? "0.0" : shown;
  return scale === "points" ? text : `${text} %`;
}

/** The drop with its interval: "3.1 (1.2 to 5.0)". */
export function dropText(cell: ComparedCell): string {
  const { drop, low, high } = cell;
  if (drop === null) return "—";
  if (low === null || high === null) return amountText(cell, drop);
  return `${amountText(cell, drop)} (${amountText(cell, low)} to ${amountText(cell, high)})`;
}

const deciders: Readonly<Record<NonNullable<ComparedCell["decidedBy"]>, string>> = {
  identity: "equal to the bit",
  "two-sample": "two-sample test",
  paired: "paired test",
  failure: "a trial that failed",
};

/** What decided, or what would. */
export function basisText({
  verdict,
  decidedBy,
  detail,
  seedsToSettle,
  baseline,
  candidate,
}: ComparedCell): string {
  if (verdict === "inconclusive") {
    if (seedsToSettle !== null) return `${String(seedsToSettle)} seeds on each side would settle it`;
    const alone = (baseline?.seeds.length ?? 0) < 2 && (candidate?.seeds.length ?? 0) < 2;
    return alone
      ? "one seed on each side shows nothing of how seeds differ; run at least 2"
      : "more than 100 seeds would be needed";
  }
  return detail ?? (decidedBy ? deciders[decidedBy] : "");
}

/** One sentence on the whole. */
export function headlineText(verdict: GateVerdict, cells: readonly ComparedCell[]): string {
  const counted = cells.filter(({ counted }) => counted);
  const of = (wanted: GateVerdict) => counted.filter((cell) => cell.verdict === wanted).length;
  const all = String(counted.length);
  const sentences: Readonly<Record<GateVerdict, string>> = {
    regression: `${String(of("regression"))} of ${all} cells fell by more than the margin`,
    "not-comparable":
      counted.length === 0
        ? "nothing to compare: no method is in both folders"
        : `${String(of("not-comparable"))} of ${all} cells cannot be compared`,
    inconclusive: `${String(of("inconclusive"))} of ${all} cells need more seeds`,
    "no-regression": `none of ${all} cells fell by more than the margin`,
    improvement: `${String(of("improvement"))} of ${all} cells improved, and none fell`,
    identical: `all ${all} cells are identical`,
  };
  return sentences[verdict];
}

/** Cells in the order in which they are read: what decides first, then what does not count. */
export function ordered(cells: readonly ComparedCell[]): readonly ComparedCell[] {
  const order: readonly GateVerdict[] = [
    "regression",
    "not-comparable",
    "inconclusive",
    "improvement",
    "no-regression",
    "identical",
  ];
  const place = ({ counted, verdict }: ComparedCell) => (counted ? 0 : order.length) + order.indexOf(verdict);
  return cells.toSorted((a, b) => place(a) - place(b) || a.cell.localeCompare(b.cell));
}
