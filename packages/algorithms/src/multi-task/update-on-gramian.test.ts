import { randomStream } from "@metabench/core";
import { add, dot, mul, scalar, sum, tensor1d } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { inScope, startNative } from "../learner.test-support.ts";
import { leaves } from "../nn/index.ts";
import type { NetworkWeights } from "./architecture.ts";
import { updateOnGramian } from "./update-on-gramian.ts";
import { pcgrad } from "./weightings/pcgrad.ts";

beforeAll(startNative);

/** Losses linear in the weights, so that each task's gradient is known: g · shared + slope · own. */
const network = (): NetworkWeights => ({
  shared: { first: tensor1d([3, 4]), second: tensor1d([5]) },
  own: { left: { x: scalar(7) }, right: { x: scalar(8) } },
});
const gradients = { left: [1, 0, 0], right: [-1, 1, 0] };
const slopes = { left: 2, right: -3 };
const losses = (weights: NetworkWeights): Scalar[] => {
  const at = leaves(weights) as ReadonlyMap<string, Tensor>;
  const leaf = (path: string) => at.get(path) ?? scalar(NaN);
  return (["left", "right"] as const).map((task) => {
    const [a = 0, b = 0, c = 0] = gradients[task];
    const shared = add(dot(leaf("shared.first"), tensor1d([a, b])), mul(sum(leaf("shared.second")), c));
    return add<Scalar>(shared, mul(leaf(`own.${task}.x`), slopes[task]));
  });
};

describe("an update on the Gramian", () => {
  it("moves shared weights along Jᵀ w and each task's own along its own gradient", () => {
    inScope(() => {
      const update = updateOnGramian(pcgrad, randomStream("order"));
      const { values, gradient } = update.gradient(losses, { network: network(), weighting: {} });
      const got = Object.fromEntries(
        [...leaves(gradient)].map(([path, leaf]) => [path, [...leaf.dataSync()]]),
      );
      // On paper: g₁ = (1, 0, 0) and g₂ = (−1, 1, 0) conflict; g₁ becomes (½, ½, 0) and g₂ (0, 1, 0).
      expect(got).toEqual({
        "network.shared.first": [0.5, 1.5],
        "network.shared.second": [0],
        "network.own.left.x": [2],
        "network.own.right.x": [-3],
      });
      // 3 + 2 · 7 and −3 + 4 − 3 · 8.
      expect(values.map((value) => value.dataSync()[0])).toEqual([17, -23]);
      for (const place of Object.values(update.state)) place.dispose();
    });
  });
});
