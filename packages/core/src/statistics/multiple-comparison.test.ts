import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden } from "../golden.test-support.ts";
import { holm } from "./multiple-comparison.ts";

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });

describe("holm", () => {
  it("agrees with statsmodels' multipletests", () => {
    for (const [i, adjusted] of holm(golden.holm.p).entries())
      expect(adjusted).toBeCloseTo(golden.holm.adjusted[i] ?? -1, 12);
  });

  it("keeps the order of the p values, lowers none and stays within Bonferroni", () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const adjusted = holm(p);
        for (const [i, own] of p.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(own);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p.length * own));
          for (const [j, other] of p.entries())
            if (own <= other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? -1);
        }
      }),
    );
  });

  it("leaves a single p alone", () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });
});
