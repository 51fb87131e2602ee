import { startBackend } from "@metabench/harness/backend";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { crossEntropy, meanSquaredError } from "./index.ts";

await startBackend();

describe("losses", () => {
  it("cross-entropy is the mean of −log p: (log(1 + e⁻¹) + log 2) / 2 here", () => {
    const value = crossEntropy(
      tf.tensor2d([
        [1, 0],
        [3, 3],
      ]),
      tf.tensor1d([0, 1], "int32"),
    ).arraySync();
    expect(value).toBeCloseTo((Math.log1p(Math.exp(-1)) + Math.LN2) / 2, 6);
  });

  it("cross-entropy stays finite for extreme logits", () => {
    expect(crossEntropy(tf.tensor2d([[1000, 0]]), tf.tensor1d([1], "int32")).arraySync()).toBeCloseTo(
      1000,
      3,
    );
  });

  it("mean squared error is a mean over all entries", () => {
    expect(
      meanSquaredError(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
        tf.tensor2d([
          [0, 2],
          [3, 2],
        ]),
      ).arraySync(),
    ).toBeCloseTo(5 / 4, 6);
  });
});
