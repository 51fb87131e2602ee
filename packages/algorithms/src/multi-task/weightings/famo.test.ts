import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { startNative } from "../../learner.test-support.ts";
import { worker } from "../linear-tasks.test-support.ts";
import { famo, famoWeights } from "./famo.ts";

beforeAll(startNative);

interface Case {
  readonly rate: number;
  readonly decay: number;
  readonly updates: readonly Readonly<Record<"before" | "now" | "weights", readonly number[]>>[];
}

const file = new URL("../../../golden/famo.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Case[] };

const atWork = (tasks: number, options: object = {}) =>
  worker(famo, { gradients: Array.from({ length: tasks }, () => [1, 1]) }, { options });

describe("FAMO", () => {
  it.each(cases)(
    "gives the weights of an independent NumPy implementation (golden/famo.py), rate $rate",
    ({ rate, decay, updates }) => {
      const work = atWork(updates[0]?.before.length ?? 0, { rate, decay });
      for (const { before, now, weights } of updates) {
        // A task's own weight has the gradient 1, so its direction is the weight of the loss.
        const { own } = work.step({ before, now });
        for (const [task, weight] of weights.entries()) expect(own[task]).toBeCloseTo(weight, 5);
      }
      work.dispose();
    },
  );

  it("gives more weight to a task whose loss fell least", () => {
    const work = atWork(3);
    for (let step = 0; step < 5; step += 1) work.step({ before: [1, 1, 1], now: [0.5, 0.9, 0.7] });
    const [fast = NaN, slow = NaN, medium = NaN] = work.step({ before: [1, 1, 1], now: [1, 1, 1] }).own;
    expect(slow).toBeGreaterThan(medium);
    expect(medium).toBeGreaterThan(fast);
    work.dispose();
  });

  it("has weights that sum to the number of tasks, and at the start brings ln L of all tasks down together", () => {
    const loss = fc.integer({ min: 1, max: 500 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(fc.array(loss, { minLength: 2, maxLength: 6 }), (losses) => {
        const weights = famoWeights(
          losses,
          losses.map(() => 0),
        );
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(losses.length, 9);
        // w ∝ 1 / L: the products w L are all one number.
        const products = weights.map((weight, task) => weight * (losses[task] ?? NaN));
        for (const product of products) expect(product / (products[0] ?? NaN)).toBeCloseTo(1, 5);
      }),
    );
  });

  it("takes a loss of 0", () => {
    const work = atWork(2);
    expect(work.step({ before: [0, 1], now: [0, 0.5] }).own.every(Number.isFinite)).toBe(true);
    expect(Object.values(work.state()).flat().every(Number.isFinite)).toBe(true);
    work.dispose();
  });
});
