import { readFileSync } from "node:fs";
import { randomStream, type Random } from "@metabench/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combined, gramianOf, norm, vector, type Gradients } from "../gradients.test-support.ts";
import { dot } from "../quadratic/dot.ts";
import { projected } from "./pcgrad.ts";

const updateOf = (gradients: Gradients, random: Random = randomStream("order")) =>
  combined(projected(gramianOf(gradients), random), gradients);

/** A stream whose permutations are the given ones, in turn. */
const withOrders = (orders: Gradients): Random => {
  let next = 0;
  return { ...randomStream("golden"), permutation: () => Uint32Array.from(orders[next++] ?? []) };
};

describe("PCGrad", () => {
  it("agrees with the algorithm on full gradients, by an independent NumPy implementation (golden/pcgrad.py)", () => {
    const file = new URL("pcgrad.golden.json", import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, "utf8")) as {
      cases: {
        gradients: Gradients;
        orders: Gradients;
        update: readonly number[];
      }[];
    };
    expect(cases).toHaveLength(5);
    for (const { gradients, orders, update } of cases) {
      const ours = updateOf(gradients, withOrders(orders));
      for (const [at, value] of update.entries()) expect(ours[at]).toBeCloseTo(value, 10);
    }
  });

  it("conflicts with neither of two tasks", () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const update = updateOf([a, b]);
        const slack = 1e-9 * (1 + norm(a) + norm(b)) ** 2;
        expect(dot(update, a)).toBeGreaterThanOrEqual(-slack);
        expect(dot(update, b)).toBeGreaterThanOrEqual(-slack);
      }),
    );
  });

  it("is the plain sum where nothing conflicts, as for identical gradients", () => {
    fc.assert(
      fc.property(vector, fc.integer({ min: 2, max: 6 }), (g, tasks) => {
        expect(projected(gramianOf(Array.from({ length: tasks }, () => g)), randomStream("o"))).toEqual(
          Array(tasks).fill(1),
        );
      }),
    );
    expect(
      projected(
        [
          [1, 0.2, 0],
          [0.2, 2, 1],
          [0, 1, 3],
        ],
        randomStream("o"),
      ),
    ).toEqual([1, 1, 1]);
  });

  it("grows with the gradients: one factor on all leaves the weights as they are", () => {
    const positive = fc.integer({ min: -8, max: 8 }).map((power) => 2 ** power);
    fc.assert(
      fc.property(fc.array(vector, { minLength: 2, maxLength: 5 }), positive, (gradients, factor) => {
        const scaled = gradients.map((g) => g.map((x) => x * factor));
        const of = (matrix: Gradients) => projected(gramianOf(matrix), randomStream("o"));
        expect(of(scaled)).toEqual(of(gradients));
      }),
    );
  });

  it("does not depend on which of two tasks comes first", () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const [first, second] = [updateOf([a, b]), updateOf([b, a])];
        for (const [at, value] of first.entries()) expect(second[at]).toBeCloseTo(value, 8);
      }),
    );
  });

  it("takes the other tasks in random order", () => {
    const gradients = [
      [1, 0],
      [-1, 0.5],
      [-0.5, -1],
    ];
    const updates = Array.from({ length: 20 }, (_, seed) =>
      updateOf(gradients, randomStream(String(seed))).join(),
    );
    expect(new Set(updates).size).toBeGreaterThan(1);
  });
});
