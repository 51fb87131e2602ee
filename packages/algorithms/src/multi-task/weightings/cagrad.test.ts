import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  combined,
  gramianOf,
  norm,
  severalGradients,
  vector,
  type Gradients,
} from "../gradients.test-support.ts";
import { dot } from "../quadratic/dot.ts";
import { conflictAverse } from "./cagrad.ts";

const file = new URL("../../../golden/cagrad.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as {
  readonly cases: readonly {
    readonly gradients: Gradients;
    readonly c: number;
    readonly update: readonly number[];
  }[];
};

const radius = fc.integer({ min: 1, max: 99 }).map((hundredths) => hundredths / 100);
const mean = (gradients: Gradients) =>
  combined(
    gradients.map(() => 1 / gradients.length),
    gradients,
  );
/** d of the paper: the update before it was scaled to the sum of the gradients. */
const direction = (gradients: Gradients, c: number) =>
  combined(conflictAverse(gramianOf(gradients), c), gradients).map((x) => (x * (1 + c)) / gradients.length);
const worstGain = (gradients: Gradients, d: readonly number[]) =>
  Math.min(...gradients.map((gradient) => dot(gradient, d)));
const largest = (gradients: Gradients) => Math.max(1e-9, ...gradients.map(norm));

describe("CAGrad", () => {
  it("agrees with the algorithm on full gradients, by an independent NumPy implementation (golden/cagrad.py)", () => {
    expect(cases).toHaveLength(6);
    for (const { gradients, c, update } of cases) {
      const ours = combined(conflictAverse(gramianOf(gradients), c), gradients);
      for (const [at, value] of update.entries()) expect(ours[at]).toBeCloseTo(value, 6);
    }
  });

  it("stays within c ‖g₀‖ of the mean gradient g₀, so that for c < 1 the mean loss falls", () => {
    fc.assert(
      fc.property(severalGradients, radius, (gradients, c) => {
        const [d, g] = [direction(gradients, c), mean(gradients)];
        const away = norm(d.map((x, at) => x - (g[at] ?? NaN)));
        const slack = 1e-6 * largest(gradients);
        expect(away).toBeLessThanOrEqual(c * norm(g) + slack);
        expect(dot(d, g)).toBeGreaterThanOrEqual((1 - c) * dot(g, g) - slack * largest(gradients));
      }),
    );
  });

  it("improves the worst improved task more than any other direction within c ‖g₀‖", () => {
    fc.assert(
      fc.property(severalGradients, radius, fc.array(vector, { minLength: 20 }), (gradients, c, others) => {
        const g = mean(gradients);
        const reached = worstGain(gradients, direction(gradients, c));
        // A g_w that single precision cannot tell from 0 is left out, and with it c ‖g₀‖ ‖g_w‖ of the gain.
        const slack = 1e-3 * c * norm(g) * largest(gradients) + 1e-12;
        for (const other of others) {
          const length = norm(other) || 1;
          const d = g.map((x, at) => x + (c * norm(g) * (other[at] ?? NaN)) / length);
          expect(worstGain(gradients, d)).toBeLessThanOrEqual(reached + slack);
        }
      }),
    );
  });

  it("is the plain sum at c = 0, and where gradients are alike, or orthogonal and of one length", () => {
    fc.assert(
      fc.property(severalGradients, vector, radius, (gradients, g, c) => {
        expect(conflictAverse(gramianOf(gradients), 0)).toEqual(gradients.map(() => 1));
        const alike = gradients.map(() => g);
        const update = combined(conflictAverse(gramianOf(alike), c), alike);
        for (const [at, x] of g.entries()) expect(update[at]).toBeCloseTo(x * gradients.length, 8);
        const orthogonal = gradients.map((_, i) => gradients.map((__, j) => (i === j ? dot(g, g) + 1 : 0)));
        for (const weight of conflictAverse(orthogonal, c)) expect(weight).toBeCloseTo(1, 8);
      }),
    );
  });

  it("grows with the gradients: one factor on all leaves the weights as they are", () => {
    fc.assert(
      fc.property(severalGradients, radius, fc.integer({ min: -20, max: 20 }), (gradients, c, power) => {
        const scaled = gradients.map((gradient) => gradient.map((x) => x * 2 ** power));
        const [before, after] = [gradients, scaled].map((each) => conflictAverse(gramianOf(each), c));
        for (const [task, weight] of (before ?? []).entries()) expect(after?.[task]).toBeCloseTo(weight, 6);
      }),
    );
  });

  it("is the mean direction where no direction improves all losses", () => {
    const opposite = [
      [3, 0],
      [-1, 0],
    ];
    // g₀ = (1, 0): with c = 0.9 the second loss rises least along (0.1, 0).
    expect(direction(opposite, 0.9)[0]).toBeCloseTo(0.1, 6);
    // With c = 2, g_w vanishes at the least point w = (¼, ¾), and the mean is kept.
    expect(conflictAverse(gramianOf(opposite), 2)).toEqual([1 / 3, 1 / 3]);
  });

  it("takes gradients of 0", () => {
    for (const gradients of [
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, 1],
        [0, 0],
      ],
    ])
      for (const weight of conflictAverse(gramianOf(gradients), 0.5))
        expect(Number.isFinite(weight)).toBe(true);
  });
});
