import { randomStream } from "@metabench/core";
import { startBackend } from "@metabench/harness/backend";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { batchNorm, convBlock, convolution, maxPool, relu } from "../index.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

const uniform = (shape: number[], from: number, to: number, seed: number) =>
  tf.randomUniform(shape, from, to, "float32", seed);

/** A block whose every weight matters, factors of both signs among them, and images. */
function block() {
  const { convolution: kernels } = convBlock.initialise(randomStream("conv-block"), 3, 8);
  const norm = { scale: uniform([8], -2, 2, 1), offset: uniform([8], -1, 1, 2) } as ReturnType<
    typeof batchNorm.initialise
  >;
  return { weights: { convolution: kernels, norm }, images: uniform([5, 8, 8, 3], -1, 1, 3) as tf.Tensor4D };
}

it("with given statistics does what convolution, normalisation, pooling and ReLU do one after the other", () => {
  tf.tidy(() => {
    const { weights, images } = block();
    const statistics = {
      mean: uniform([8], -1, 1, 4) as tf.Tensor1D,
      variance: uniform([8], 0.1, 2, 5) as tf.Tensor1D,
    };
    const normalised = batchNorm.apply(
      weights.norm,
      convolution.apply(weights.convolution, images),
      statistics,
    ).output;
    const folded = convBlock.apply(weights, images, statistics);
    expect(folded.statistics).toBe(statistics);
    const difference = tf.max(tf.abs(tf.sub(folded.output, relu(maxPool(normalised)))));
    expect(difference.dataSync()[0]).toBeLessThan(1e-5);
    const apart = tf.sub(convBlock.normalise(weights, images, statistics).output, normalised);
    expect(tf.max(tf.abs(apart)).dataSync()[0]).toBeLessThan(1e-5);
  });
});

it("with the batch's own statistics, given back to it, does the same once more", () => {
  tf.tidy(() => {
    const { weights, images } = block();
    const { output, statistics } = convBlock.apply(weights, images);
    const again = convBlock.apply(weights, images, statistics);
    expect(tf.max(tf.abs(tf.sub(again.output, output))).dataSync()[0]).toBeLessThan(1e-5);
  });
});
