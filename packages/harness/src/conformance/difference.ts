import type { Snapshot } from "../work-folder/index.ts";
import { featuresDiffer, logitsDiffer } from "../learner/index.ts";
import type { Answer } from "./specimen.ts";

const sameBits = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length && Array.from(a).every((value, at) => Object.is(value, b[at]));

/** The first variable that two snapshots do not hold with the same bits; null where there is none. */
export function changedVariable(before: Snapshot, after: Snapshot): string | null {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].find((name) => !sameBits(before[name] ?? [], after[name] ?? [NaN])) ?? null;
}

/** The first of some answers that is not the same to the bit; null where there is none. */
export function changedAnswer(before: readonly Answer[], after: readonly Answer[]): string | null {
  return before.find(({ values }, at) => !sameBits(values, after[at]?.values ?? []))?.of ?? null;
}

/** Some rows of an answer, in another order. */
export const rowsOf = (answer: Answer, rows: readonly number[]): Answer => ({
  ...answer,
  rows: rows.length,
  values: Float32Array.from(
    rows.flatMap((row) => [...answer.values.subarray(row * answer.columns, (row + 1) * answer.columns)]),
  ),
});

/**
 * Whether two answers to the same say different things, beyond what rounding explains.
 *
 * @param among an answer with more rows, where these are too few to show how far apart rows lie
 */
export function saysOtherwise(one: Answer, other: Answer | undefined, among: Answer = one): boolean {
  if (!other) return true;
  return one.kind === "logits"
    ? logitsDiffer(one.values, other.values, one.columns)
    : featuresDiffer(one.values, other.values, one.columns, among.values);
}

/** The first of some answers that another set of them contradicts; undefined where there is none. */
export const contradicted = (answers: readonly Answer[], others: readonly Answer[]): string | undefined =>
  answers.find((answer, at) => saysOtherwise(answer, others[at]))?.of;
