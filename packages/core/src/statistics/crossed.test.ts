import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden } from "../golden.test-support.ts";
import { accuracyInterval, crossedAnalysis, crossedInterval } from "./crossed.ts";
import { matrices } from "./statistics.test-support.ts";

describe("crossedInterval", () => {
  it.each(Object.entries(golden.crossed))(
    "agrees with statsmodels' anova_lm and scipy's t: %s",
    (_, expected) => {
      const interval = crossedInterval(expected.matrix);
      expect(interval.mean).toBeCloseTo(expected.mean, 12);
      expect(interval.standardError).toBeCloseTo(expected.standardError, 12);
      expect(interval.degreesOfFreedom).toBeCloseTo(expected.degreesOfFreedom, 8);
      expect(interval.low).toBeCloseTo(expected.low, 10);
      expect(interval.high).toBeCloseTo(expected.high, 10);
      const { meanSquares } = crossedAnalysis(expected.matrix);
      expect(meanSquares.seed).toBeCloseTo(expected.meanSquares.seed, 12);
      expect(meanSquares.item).toBeCloseTo(expected.meanSquares.item, 12);
      expect(meanSquares.residual).toBeCloseTo(expected.meanSquares.residual, 12);
    },
  );

  it("has golden values on both sides of the lower bound of the variance", () => {
    expect(new Set(Object.values(golden.crossed).map(({ boundHolds }) => boundHolds)).size).toBe(2);
  });

  it("shows the parts of the variance: (MS_seed − MS_residual)/E, (MS_item − MS_residual)/S, MS_residual", () => {
    const { matrix, meanSquares } = golden.crossed["seeds, items and residual"];
    const { components } = crossedInterval(matrix);
    expect(components?.seed).toBeCloseTo((meanSquares.seed - meanSquares.residual) / 12, 12);
    expect(components?.item).toBeCloseTo((meanSquares.item - meanSquares.residual) / 3, 12);
    expect(components?.residual).toBeCloseTo(meanSquares.residual, 12);
  });

  it("contains the mean, moves with the scores and scales with them", () => {
    fc.assert(
      fc.property(matrices, fc.integer({ min: -5, max: 5 }), (matrix, shift) => {
        const interval = crossedInterval(matrix);
        expect(interval.low).toBeLessThanOrEqual(interval.mean);
        expect(interval.mean).toBeLessThanOrEqual(interval.high);
        const moved = crossedInterval(matrix.map((row) => row.map((x) => 2 * x + shift)));
        expect(moved.low).toBeCloseTo(2 * interval.low + shift, 6);
        expect(moved.high).toBeCloseTo(2 * interval.high + shift, 6);
      }),
    );
  });

  it("does not depend on the order of seeds or items", () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const turned = crossedInterval(matrix.toReversed().map((row) => row.toReversed()));
        expect(turned.low).toBeCloseTo(crossedInterval(matrix).low, 8);
      }),
    );
  });

  it("has at least S − 1 degrees of freedom and at least the variance of each mean square", () => {
    fc.assert(
      fc.property(
        matrices.filter((matrix) => matrix.length > 1),
        (matrix) => {
          const { degreesOfFreedom, variance, meanSquares } = crossedAnalysis(matrix);
          const cells = matrix.length * (matrix[0]?.length ?? 0);
          expect(degreesOfFreedom).toBeGreaterThanOrEqual(matrix.length - 1);
          expect(variance * cells).toBeGreaterThanOrEqual(
            Math.max(meanSquares.seed, meanSquares.item) * (1 - 1e-12),
          );
        },
      ),
    );
  });

  it("says what it leaves out with one seed, or with one item", () => {
    expect(crossedInterval([[0.2, 0.4, 0.9]])).toMatchObject({
      method: "student-t",
      note: "episode noise only",
    });
    expect(crossedInterval([[0.2], [0.4], [0.9]])).toMatchObject({
      method: "student-t",
      note: "seed noise only",
    });
    expect(crossedInterval(golden.crossed["no seed noise"].matrix).note).toBeUndefined();
  });

  it("refuses ragged, empty, single and not-finite scores", () => {
    expect(() => crossedInterval([])).toThrow(/empty/);
    expect(() => crossedInterval([[1, 2], [1]])).toThrow(/Seed 1 has 1 scores and seed 0 has 2/);
    expect(() => crossedInterval([[1]])).toThrow(/at least two/);
    expect(() => crossedInterval([[1, Number.NaN]])).toThrow(expect.objectContaining({ code: "not-finite" }));
    expect(() => crossedAnalysis([[1, 2]])).toThrow(/1 seeds × 2 items/);
  });
});

describe("accuracyInterval", () => {
  it.each([0, 1])("is Wilson's with n = episodes where every accuracy is %d, however many seeds", (score) => {
    const row = new Float64Array(200).fill(score);
    const interval = accuracyInterval([row, row, row]);
    const [none] = golden.wilson;
    expect(none).toMatchObject({ successes: 0, n: 200 });
    expect(interval.high - interval.low).toBeCloseTo(none?.interval[1] ?? -1, 12);
    expect(interval).toMatchObject({ mean: score, method: "wilson" });
    // The width is that of 200 episodes: three seeds that agree add nothing to it, and no formula here knows of others.
    expect(interval.note).toBe("episode noise only");
    expect(accuracyInterval([row]).note).toBe("episode noise only");
  });

  it("is the crossed interval otherwise, also where all are equal at another value", () => {
    const { matrix } = golden.crossed["no seed noise"];
    expect(accuracyInterval(matrix)).toEqual(crossedInterval(matrix));
    expect(accuracyInterval([[0.5, 0.5]]).method).toBe("student-t");
  });

  it("ends where accuracies do", () => {
    // Two episodes: 0.4 ± 12.706 · 0.1 (t of one degree of freedom, 97.5 %: 12.706, by scipy.stats.t.ppf).
    const wide = accuracyInterval([[0.3, 0.5]]);
    expect([wide.mean, wide.low, wide.high]).toEqual([0.4, 0, 1]);
    expect(wide.standardError).toBeCloseTo(0.1, 12);
    expect(crossedInterval([[0.3, 0.5]]).high).toBeCloseTo(0.4 + 1.2706, 3);
  });
});
