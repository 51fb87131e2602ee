import { tensor1d, type Tensor1D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { inScope, startNative } from "../../learner.test-support.ts";
import { disposeTree, variables } from "../../nn/index.ts";
import { pretrainingOptimiser } from "./pretraining-optimiser.ts";
import simpleShot from "../simple-shot.ts";

beforeAll(startNative, 60_000);

/** A weight that starts at 1, after each of four updates along a gradient of 1, which are the whole budget. */
function course(...options: [{ momentum: number; weightDecay: number; drops: number[] }?]): number[] {
  const weights = variables({ w: tensor1d([1]) });
  const { state, apply } = pretrainingOptimiser(weights, { rate: 0.1, updates: 4 }, ...options);
  const found = Array.from({ length: 4 }, () => {
    inScope(() => {
      apply({ w: tensor1d([1]) as Tensor1D });
    });
    return weights.w.dataSync()[0] ?? NaN;
  });
  disposeTree(weights);
  for (const variable of Object.values(state)) variable.dispose();
  return found;
}

describe("the optimiser of pretraining", () => {
  it("follows SGD with momentum 0.5 and weight decay 0.1, its rate divided by ten at half and three quarters", () => {
    // On paper, v ← 0.5 v + 1 + 0.1 w and w ← w − η v: v is 1.1, 1.639, 1.89211 and 2.01677289, η 0.1, 0.1, 0.01 and 0.001.
    const found = course({ momentum: 0.5, weightDecay: 0.1, drops: [0.5, 0.75] });
    for (const [at, value] of [0.89, 0.7261, 0.7071789, 0.70516212711].entries())
      expect(found[at]).toBeCloseTo(value, 6);
  });

  it("is Adam where no SGD is asked for", () => {
    // Every step along a constant gradient is as long as the rate.
    for (const [at, value] of [0.9, 0.8, 0.7, 0.6].entries()) expect(course()[at]).toBeCloseTo(value, 6);
  });
});

describe("SimpleShot's options", () => {
  it("are at their defaults what they were before there was SGD: records of them keep their identity", () => {
    expect(simpleShot.parseOptions({})).toEqual({ batchSize: 64, rate: 0.001, transformation: "cl2n" });
  });

  it("want SGD's settings whole, so that none of a preset's is lost where one is set", () => {
    expect(() => simpleShot.parseOptions({ sgd: { momentum: 0.9 } })).toThrow(/sgd\.weightDecay/);
  });
});
