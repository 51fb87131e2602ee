import type { Difference, Estimate, Headline } from "@metabench/core";
import { digitsFor, fixed, signed, significant } from "../format/number.ts";
import { missing, type Cell, type Whisker } from "./cell.ts";

/** How values of a headline are shown: shares in percent, errors as they are; digits as the intervals justify. */
export interface Measure {
  readonly unit: string;
  readonly factor: number;
  readonly digits: number;
}

type Bounded = { readonly low: number | null; readonly high: number | null };

const halfWidth = ({ low, high }: Bounded) => (low === null || high === null ? 0 : (high - low) / 2);

/** The measure of a table, from its metric and its intervals. */
export function measureOf(unit: Headline["unit"], intervals: readonly Bounded[]): Measure {
  const factor = unit === "share" ? 100 : 1;
  return {
    unit: unit === "share" ? "%" : "",
    factor,
    digits: digitsFor(intervals.map((interval) => halfWidth(interval) * factor)),
  };
}

/** A scaled value in a sentence: percent to one place, errors to three figures. */
export const textOf =
  (unit: Headline["unit"]) =>
  (value: number): string =>
    unit === "share" ? fixed(value, 1) : significant(value);

const whisker = (mean: number, { low, high }: Bounded, factor: number): { readonly whisker?: Whisker } =>
  low === null || high === null
    ? {}
    : { whisker: { low: low * factor, mean: mean * factor, high: high * factor } };

/** A mean with its interval. */
export function estimated(estimate: Estimate | null, { factor, digits }: Measure, otherwise: string): Cell {
  if (!estimate) return missing(otherwise);
  const { mean, low, high } = estimate;
  const detail =
    low === null || high === null
      ? "no interval"
      : `${fixed(low * factor, digits)} to ${fixed(high * factor, digits)}`;
  return { figure: fixed(mean * factor, digits), detail, sort: mean, ...whisker(mean, estimate, factor) };
}

/** A signed difference with its interval, and optionally what it means in words. */
export function differing(
  gap: Difference,
  { factor, digits }: Measure,
  verdict?: Pick<Cell, "words" | "tone">,
): Cell {
  const { difference, low, high } = gap;
  const detail =
    low === null || high === null
      ? "no interval"
      : `${signed(low * factor, digits)} to ${signed(high * factor, digits)}`;
  return { figure: signed(difference * factor, digits), detail, sort: difference, ...verdict };
}
