import type { Snapshot } from "../trial/checkpoint.ts";
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
