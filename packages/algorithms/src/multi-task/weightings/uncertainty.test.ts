import { scalar, tensor1d } from "@tensorflow/tfjs-core";
import type { Scalar } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { inScope, startNative } from "../../learner.test-support.ts";
import { gradient } from "../../nn/index.ts";
import { firstStep } from "../linear-tasks.test-support.ts";
import { underUncertainty, uncertainty } from "./uncertainty.ts";

const losses = [0.7, 2.5, 0.1];
const logVariance = [0.3, -0.8, 1.2];
const total = (s: readonly number[]) =>
  inScope(
    () =>
      underUncertainty(
        losses.map((l) => scalar(l)),
        { logVariance: tensor1d([...s]) },
      ).dataSync()[0] ?? NaN,
  );

beforeAll(startNative);

describe("uncertainty", () => {
  it("is Σ ½ e^(−s) L + ½ s (arithmetic in double precision)", () => {
    const expected = losses.reduce(
      (sum, l, at) => sum + 0.5 * Math.exp(-(logVariance[at] ?? 0)) * l + 0.5 * (logVariance[at] ?? 0),
      0,
    );
    expect(total(logVariance)).toBeCloseTo(expected, 5);
  });

  it("starts at half the sum of the losses", () => {
    const gradients = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    expect(firstStep(uncertainty, { gradients, losses }).shared).toEqual([4.5, 6]);
  });

  it("has the gradient of central differences, in the losses and in what it learns", () => {
    inScope(() => {
      const of = (l: readonly Scalar[], s: readonly number[]) =>
        underUncertainty(l, { logVariance: tensor1d([...s]) });
      const learned = gradient(
        (w) =>
          underUncertainty(
            losses.map((l) => scalar(l)),
            w,
          ),
        { logVariance: tensor1d(logVariance) },
      );
      const inLosses = gradient((l) => of(l, logVariance), losses.map((l) => scalar(l)) as readonly Scalar[]);
      const step = 0.05;
      const shift = (list: readonly number[], at: number, by: number) =>
        list.map((x, index) => (index === at ? x + by : x));
      for (const at of losses.keys()) {
        const slope =
          (total(shift(logVariance, at, step)) - total(shift(logVariance, at, -step))) / (2 * step);
        expect(learned.logVariance.dataSync()[at]).toBeCloseTo(slope, 2);
        expect(inLosses[at]?.dataSync()[0]).toBeCloseTo(0.5 * Math.exp(-(logVariance[at] ?? 0)), 5);
      }
    });
  });

  it("is least where the variance equals the loss", () => {
    // d/ds (½ e^(−s) L + ½ s) = 0 at s = log L.
    const best = losses.map((l) => Math.log(l));
    for (const at of losses.keys())
      for (const by of [-0.2, 0.2])
        expect(total(best.map((s, index) => (index === at ? s + by : s)))).toBeGreaterThan(total(best));
  });
});
