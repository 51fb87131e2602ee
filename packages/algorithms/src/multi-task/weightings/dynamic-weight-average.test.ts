import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { startNative } from "../../learner.test-support.ts";
import { firstStep, worker } from "../linear-tasks.test-support.ts";
import { dynamicWeightAverage, dynamicWeights } from "./dynamic-weight-average.ts";

beforeAll(startNative);

interface Case {
  readonly temperature: number;
  readonly updates: readonly {
    readonly epoch: number;
    readonly losses: readonly number[];
    readonly weights: readonly number[];
  }[];
}

const file = new URL("../../../golden/dynamic-weight-average.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Case[] };

const atWork = (tasks: number, options: object = {}) =>
  worker(dynamicWeightAverage, { gradients: Array.from({ length: tasks }, () => [1, 1]) }, { options });

const loss = fc.integer({ min: 1, max: 500 }).map((hundredths) => hundredths / 100);
const twoEpochs = fc
  .integer({ min: 2, max: 6 })
  .chain((tasks) =>
    fc.tuple(...[0, 1].map(() => fc.array(loss, { minLength: tasks, maxLength: tasks }))),
  ) as fc.Arbitrary<[number[], number[]]>;

describe("dynamic weight average", () => {
  it.each(cases.map((one) => [one.updates[0]?.losses.length, one] as const))(
    "gives the weights of an independent NumPy implementation (golden/dynamic_weight_average.py), %i tasks",
    (tasks = 0, { temperature, updates }) => {
      const work = atWork(tasks, { temperature });
      for (const { epoch, losses, weights } of updates) {
        // A task's own weight has the gradient 1, so its direction is the weight of the loss.
        const { own } = work.step({ epoch, before: losses });
        for (const [task, weight] of weights.entries()) expect(own[task]).toBeCloseTo(weight, 5);
      }
      work.dispose();
    },
  );

  it("takes the last two epochs that had an update, where an update is longer than an epoch", () => {
    const work = atWork(2);
    for (const [epoch, before] of [
      [0, [4, 4]],
      [3, [2, 4]],
    ] as const)
      expect(work.step({ epoch, before }).own).toEqual([1, 1]);
    // r = (½, 1) at temperature 2.
    const share = Math.exp(0.25) / (Math.exp(0.25) + Math.exp(0.5));
    expect(work.step({ epoch: 7, before: [1, 1] }).own[0]).toBeCloseTo(2 * share, 6);
    work.dispose();
  });

  it("has weights that sum to the number of tasks, more for a loss that falls more slowly", () => {
    fc.assert(
      fc.property(twoEpochs, fc.integer({ min: 1, max: 50 }), ([last, before], tenths) => {
        const weights = dynamicWeights(last, before, tenths / 10);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(last.length, 9);
        const ratios = last.map((each, task) => each / (before[task] ?? NaN));
        for (const [i, ratio] of ratios.entries())
          for (const [j, other] of ratios.entries())
            // The tiny number that is added to losses may turn about ratios that are nearly alike.
            if (ratio > other * 1.0001) expect(weights[i]).toBeGreaterThanOrEqual(weights[j] ?? NaN);
      }),
    );
  });

  it("comes close to equal weights at a large temperature, and does not depend on the scale of a loss", () => {
    fc.assert(
      fc.property(twoEpochs, fc.integer({ min: -3, max: 8 }), ([last, before], power) => {
        for (const weight of dynamicWeights(last, before, 1e9)) expect(weight).toBeCloseTo(1, 5);
        const scaled = (losses: readonly number[]) =>
          losses.map((each, task) => (task === 0 ? each * 2 ** power : each));
        const weights = dynamicWeights(scaled(last), scaled(before), 2);
        for (const [task, weight] of dynamicWeights(last, before, 2).entries())
          expect(weights[task]).toBeCloseTo(weight, 3);
      }),
    );
  });

  it("takes epochs whose losses were all 0", () => {
    const work = atWork(2);
    for (const epoch of [0, 1]) work.step({ epoch, before: [0, 1] });
    expect(work.step({ epoch: 2, before: [0, 1] }).own).toEqual([1, 1]);
    work.dispose();
  });

  it("refuses a temperature of 0", () => {
    expect(() =>
      firstStep(dynamicWeightAverage, { gradients: [[1, 1]] }, { options: { temperature: 0 } }),
    ).toThrow(/^weighting dynamic-weight-average refuses its options\. temperature: Too small/);
  });
});
