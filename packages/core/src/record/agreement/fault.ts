/** What is wrong with one field of a record. */
export interface Fault {
  /** Path of the field, such as `result.correct.0.17`. */
  readonly field: string;
  /** What is stored and what should be. */
  readonly what: string;
}

/** A fault where a stored number should be another. */
export const shouldBe = (field: string, stored: unknown, due: unknown, why: string): Fault => ({
  field,
  what: `${String(stored)} is stored, ${String(due)} is ${why}`,
});

/** A fault of a list's length, or none. */
export const lengthFaults = (
  field: string,
  list: readonly unknown[],
  due: number,
  of: string,
): readonly Fault[] =>
  list.length === due
    ? []
    : [
        shouldBe(
          field,
          `a list of ${String(list.length)}`,
          `one of ${String(due)}`,
          `expected, one value per ${of}`,
        ),
      ];

/** The first number of a list that is greater than `most`. */
export function limitFaults(
  field: string,
  list: readonly number[],
  most: number,
  of: string,
): readonly Fault[] {
  const at = list.findIndex((value) => value > most);
  return at < 0
    ? []
    : [
        {
          field: `${field}.${String(at)}`,
          what: `${String(list[at])} is stored, but there are ${String(most)} ${of}`,
        },
      ];
}

/** Floating point is computed in another order on another machine. */
const relative = 1e-12;

/** Whether two numbers are one, but for rounding. */
export const isSame = (one: number, other: number, tolerance = relative): boolean =>
  Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other));
