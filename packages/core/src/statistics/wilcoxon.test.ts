import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden } from "../golden.test-support.ts";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

describe("wilcoxonSignedRank", () => {
  it.each(Object.entries(golden.wilcoxon))(
    'agrees with scipy\'s wilcoxon(zero_method="pratt", method="approx"): %s',
    (_, { differences, statistic, z, p }) => {
      const test = wilcoxonSignedRank(differences);
      expect(Math.min(test.positive, test.negative)).toBe(statistic);
      // scipy takes z of the smaller sum.
      expect(-Math.abs(test.z)).toBeCloseTo(z, 12);
      expect(test.p / p).toBeCloseTo(1, 7);
    },
  );

  it("turns its sign with the differences", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 }),
        (differences) => {
          const test = wilcoxonSignedRank(differences);
          const turned = wilcoxonSignedRank(differences.map((d) => -d));
          expect(turned.positive).toBe(test.negative);
          expect(turned.p).toBeCloseTo(test.p, 12);
          expect(test.p).toBeGreaterThanOrEqual(0);
          expect(test.p).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("finds nothing where nothing differs", () => {
    expect(wilcoxonSignedRank([0, 0, 0])).toMatchObject({ z: 0, p: 1 });
  });

  it("refuses no differences and differences that are not finite", () => {
    expect(() => wilcoxonSignedRank([])).toThrow(/at least one/);
    expect(() => wilcoxonSignedRank([1, Number.NaN])).toThrow(/finite/);
  });
});
