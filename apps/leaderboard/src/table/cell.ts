/** Ends and middle of an interval, in the unit shown. */
export interface Whisker {
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** What stands in one field of a table. */
export interface Cell {
  /** The number; null where there is none, and then `words` says why. */
  readonly figure: string | null;
  /** A second line: an interval, a percentile. */
  readonly detail?: string;
  readonly words?: string;
  readonly tone?: "good" | "bad";
  readonly whisker?: Whisker;
  /** What the column is sorted by; null sorts last. */
  readonly sort: number | null;
}

/** A field without a number says why in words. */
export const missing = (words: string): Cell => ({ figure: null, words, sort: null });

/** A plain number. */
export const plain = (
  value: number | null | undefined,
  show: (value: number) => string,
  otherwise: string,
): Cell =>
  value === null || value === undefined ? missing(otherwise) : { figure: show(value), sort: value };
