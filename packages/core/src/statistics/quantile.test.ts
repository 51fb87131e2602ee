import { describe, expect, it } from "vitest";
import { golden } from "../golden.test-support.ts";
import { median, quantile } from "./quantile.ts";

describe("quantile", () => {
  it.each(golden.quantiles)("agrees with numpy's quantile at %d", (p = 0, expected = 0) => {
    expect(quantile(golden.student.values, p)).toBeCloseTo(expected, 12);
  });

  it("leaves its values in place and sorts them as numbers", () => {
    const values = [10, 9, 100];
    expect(median(values)).toBe(10);
    expect(values).toEqual([10, 9, 100]);
    expect(median([4, 1])).toBe(2.5);
  });

  it("refuses no values and a p that is none", () => {
    expect(() => median([])).toThrow(/0 values/);
    expect(() => quantile([1], 1.1)).toThrow(/1.1-quantile/);
  });
});
