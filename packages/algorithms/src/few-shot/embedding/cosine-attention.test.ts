import { exp, reshape, sum, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { inScope, startNative } from "../../learner.test-support.ts";
import { cosineAttention, cosineAttentionWeights } from "./cosine-attention.ts";

beforeAll(startNative, 60_000);

/** Two classes of two embeddings, at 0, 90, 180 and 270 degrees; lengths do not matter. */
const support = () => ({
  inputs: tensor2d([
    [2, 0],
    [0, 3],
    [-1, 0],
    [0, -5],
  ]),
  labels: tensor1d([0, 0, 1, 1], "int32"),
  ways: 2,
  shots: 2,
});

describe("attention by cosine", () => {
  it("is the softmax of the scaled cosines", () => {
    inScope(() => {
      const weights = cosineAttentionWeights(support(), tensor2d([[7, 0]]), Math.log(3));
      // Cosines 1, 0, −1, 0: the weights stand as 3 : 1 : 1/3 : 1.
      const total = 3 + 1 + 1 / 3 + 1;
      for (const [at, weight] of [3, 1, 1 / 3, 1].entries())
        expect(weights.dataSync()[at]).toBeCloseTo(weight / total, 6);
    });
  });

  it("makes, summed by class, the probabilities that are predicted", () => {
    inScope(() => {
      const queries = tensor2d([
        [1, 2],
        [-3, 0.5],
      ]);
      const weights = cosineAttentionWeights(support(), queries, 10);
      const byClass = sum(reshape(weights, [2, 2, 2]), 2).dataSync();
      const predicted = exp(cosineAttention(support(), queries, 10)).dataSync();
      for (const [at, probability] of predicted.entries()) expect(byClass[at]).toBeCloseTo(probability, 6);
    });
  });
});
