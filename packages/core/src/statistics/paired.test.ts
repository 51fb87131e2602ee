import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden } from "../golden.test-support.ts";
import { pairedDifference, twoSidedP } from "./paired.ts";
import { pairs } from "./statistics.test-support.ts";

describe("twoSidedP", () => {
  it.each(golden.tTails)(
    "agrees with scipy's t.sf at t = %d with %d degrees of freedom",
    (t = 0, df = 0, p = 0) => {
      expect(twoSidedP(t, 1, df) / p).toBeCloseTo(1, 6);
      expect(twoSidedP(-t, 1, df)).toBe(twoSidedP(t, 1, df));
    },
  );

  it("is 1 where two methods are equal everywhere, and 0 where they differ by the same everywhere", () => {
    expect(twoSidedP(0, 0, 5)).toBe(1);
    expect(twoSidedP(0.1, 0, 5)).toBe(0);
  });
});

describe("pairedDifference", () => {
  it.each(Object.entries(golden.crossed))("is the crossed model on the differences: %s", (_, expected) => {
    const hard = expected.matrix.map((row, s) => row.map((_, e) => Math.sin(100 * s + e)));
    const a = expected.matrix.map((row, s) => row.map((score, e) => score + (hard[s]?.[e] ?? 0)));
    const paired = pairedDifference(a, hard);
    expect(paired.difference).toBeCloseTo(expected.mean, 12);
    expect(paired.standardError).toBeCloseTo(expected.standardError, 12);
    expect(paired.low).toBeCloseTo(expected.low, 9);
    expect(paired.high).toBeCloseTo(expected.high, 9);
    expect(Math.abs(paired.p - expected.p)).toBeLessThan(1e-9);
  });

  it("turns its sign with the methods, and finds no difference between a thing and itself", () => {
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        const forth = pairedDifference(a, b);
        const back = pairedDifference(b, a);
        expect(back.difference).toBeCloseTo(-forth.difference, 12);
        expect(back.p).toBeCloseTo(forth.p, 9);
        expect(pairedDifference(a, a)).toMatchObject({ difference: 0, p: 1, low: 0, high: 0 });
      }),
    );
  });

  it("is significant at 5 % just where its interval leaves 0 out", () => {
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        const { low, high, p } = pairedDifference(a, b);
        fc.pre(Math.abs(p - 0.05) > 1e-6);
        expect(p < 0.05).toBe(low > 0 || high < 0);
      }),
    );
  });

  it("refuses other seeds or episodes", () => {
    expect(() =>
      pairedDifference(
        [[1, 2]],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ).toThrow(/1 seeds × 2 items cannot be paired with 2 × 2/);
  });

  it("says that one seed covers episodes only", () => {
    expect(pairedDifference([[1, 2, 4]], [[1, 1, 1]]).note).toBe("episode noise only");
  });
});
