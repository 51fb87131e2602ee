import { mul, square, sum, tensor1d, zerosLike, type Scalar, type Tensor1D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { inScope, startNative } from "../learner.test-support.ts";
import { adaptiveStart, adaptiveStep } from "./adaptive-step.ts";

beforeAll(startNative);

const [rate, curvature, start] = [0.1, [1, 30, 0.02], [2, -1, 5]];
/** Σ a w² / 2, with the gradient a w. */
const bowl = ({ w }: { readonly w: Tensor1D }): Scalar => mul(sum(mul(square(w), tensor1d(curvature))), 0.5);

/** Kingma, Ba 2015, algorithm 1 with β₁ = 0, number by number; `made` steps were made before, which left `second`. */
function byHand(steps: number, second: readonly number[], made: number): number[] {
  const [w, v] = [[...start], [...second]];
  for (let step = 1; step <= steps; step += 1)
    for (const [at, a] of curvature.entries()) {
      const gradient = a * (w[at] ?? NaN);
      v[at] = 0.999 * (v[at] ?? NaN) + 0.001 * gradient ** 2;
      const corrected = v[at] / (1 - 0.999 ** (made + step));
      w[at] = (w[at] ?? NaN) - (rate * gradient) / (Math.sqrt(corrected) + 1e-8);
    }
  return w;
}

describe("Adam without momentum", () => {
  it.each([
    ["from scratch", [0, 0, 0], 0],
    ["from what earlier steps left", [4, 0.5, 1e-3], 400],
  ] as const)("steps as its formulas say, %s", (_, second, made) => {
    inScope(() => {
      let state = adaptiveStart({ w: tensor1d(start) }, { w: tensor1d([...second]) });
      for (let at = 0; at < 3; at += 1) state = adaptiveStep(state, bowl, rate, made + at);
      const expected = byHand(3, second, made);
      for (const [at, value] of state.weights.w.dataSync().entries())
        expect(value).toBeCloseTo(expected[at] ?? NaN, 4);
    });
  });

  it("makes a first step of one size for every weight where nothing was handed on, and no longer where it was", () => {
    inScope(() => {
      const w = tensor1d(start);
      const sizes = (second: Tensor1D, made: number) =>
        [...adaptiveStep(adaptiveStart({ w }, { w: second }), bowl, rate, made).weights.w.dataSync()].map(
          (value, at) => Math.abs(value - (start[at] ?? NaN)),
        );
      for (const size of sizes(zerosLike(w), 0)) expect(size).toBeCloseTo(rate, 5);
      const [large = NaN, , small = NaN] = sizes(tensor1d([1, 1, 1]), 1000);
      expect(large / small).toBeGreaterThan(5);
    });
  });
});
