import * as tf from "@tensorflow/tfjs-core";
import type { Scalar, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { firstOrderError, secondOrderError, stream } from "./derivatives.test-support.ts";
import {
  batchNorm,
  convBlock,
  convolution,
  crossEntropy,
  leakyRelu,
  linear,
  lstmCell,
  maxPool,
  meanSquaredError,
  pooledConvolution,
  relu,
  ridgeRegression,
  selfAttention,
  uniform,
  unitLength,
} from "./index.ts";
import type { Weights } from "./index.ts";

type Case = readonly [f: (weights: Weights) => Scalar, weights: Weights, step: number];

/** A scalar that depends on every entry differently and not linearly. */
const weigh = (x: tf.Tensor): Scalar => {
  const s = stream(99);
  return tf.sum(
    tf.mul(
      tf.square(x),
      tf.tensor(
        Float32Array.from({ length: x.size }, () => s.uniform()),
        x.shape,
      ),
    ),
  );
};

/** Every operation of this room, and those of tfjs that networks use, each as a scalar function of a tree. */
function derivativeCases(): Readonly<Record<string, Case>> {
  const random = stream(1);
  const matrix = uniform<Tensor2D>(random, [4, 5], 1);
  const image = uniform<Tensor4D>(random, [3, 6, 6, 2], 1);
  const coefficients = uniform<Tensor4D>(random, [3, 6, 6, 2], 1);
  const positive = { x: tf.add(tf.abs(matrix), 0.5) };
  const cases: Record<string, Case> = {};
  function check<W extends Weights>(name: string, f: (w: W) => Scalar, w: W, step = 1e-2): void {
    cases[name] = [f as unknown as (w: Weights) => Scalar, w, step];
  }
  check("exp", ({ x }) => weigh(tf.exp(x)), { x: matrix });
  check("softmax", ({ x }) => weigh(tf.softmax(x)), { x: matrix });
  check("logSoftmax", ({ x }) => weigh(tf.logSoftmax(x)), { x: matrix });
  check("sqrt", ({ x }) => weigh(tf.square(tf.sqrt(tf.add(tf.square(x), x)))), positive);
  check("rsqrt", ({ x }) => weigh(tf.rsqrt(x)), positive);
  check("tanh", ({ x }) => weigh(tf.tanh(x)), { x: matrix });
  check("sigmoid", ({ x }) => weigh(tf.sigmoid(x)), { x: matrix });
  check("max", ({ x }) => weigh(tf.max(x, 1)), { x: matrix });
  check("log of a sum of squares", ({ x }) => tf.log(tf.sum(tf.square(x))), { x: matrix });
  check(
    "cross-entropy of a linear layer",
    (w) => crossEntropy(linear.apply(w, matrix), tf.tensor1d([0, 2, 1, 2], "int32")),
    linear.initialise(random, 5, 3),
  );
  check("convolution", ({ x, layer }) => weigh(convolution.apply(layer, x)), {
    x: image,
    layer: convolution.initialise(random, 3, 2, 3),
  });
  check(
    "convolution in groups, with strides",
    ({ x, kernel }) => weigh(convolution.applyKernel(kernel, x, { groups: 2, stride: 2, padding: "valid" })),
    { x: image, kernel: uniform<Tensor4D>(stream(12), [3, 3, 1, 6], 1) },
  );
  check("max pooling", ({ x }) => weigh(maxPool(tf.mul(x, 1))), { x: image });
  check("max pooling with incomplete windows", ({ x }) => weigh(maxPool(x, { padding: "same" })), {
    x: tf.slice(image, [0, 0, 0, 0], [3, 5, 5, 2]),
  });
  check(
    "batch normalisation",
    ({ x, layer }) => weigh(tf.mul(batchNorm.apply(layer, x).output, coefficients)),
    {
      x: image,
      layer: { scale: tf.tensor1d([0.7, -1.2]), offset: tf.tensor1d([0.3, 0.1]) },
    },
  );
  // γ = 0 shuts a channel off, one image or one channel leaves little to take a mean over.
  for (const [name, shape, scale] of [
    ["a channel shut off", [3, 6, 6, 2], [0.7, 0]],
    ["one image", [1, 6, 6, 2], [0.7, -1.2]],
    ["one channel", [3, 6, 6, 1], [-1.2]],
  ] as const)
    check(
      `batch normalisation with ${name}`,
      ({ x, layer }) =>
        weigh(tf.mul(batchNorm.apply(layer, x).output, tf.slice(coefficients, [0, 0, 0, 0], [...shape]))),
      {
        x: tf.slice(image, [0, 0, 0, 0], [...shape]),
        layer: { scale: tf.tensor1d([...scale]), offset: tf.tensor1d([0.3, 0.1].slice(0, scale.length)) },
      },
    );
  check(
    "batch normalisation with another set's statistics",
    ({ x, other, layer }) =>
      weigh(tf.mul(batchNorm.apply(layer, x, batchNorm.apply(layer, other).statistics).output, coefficients)),
    {
      x: image,
      other: tf.square(coefficients),
      layer: { scale: tf.tensor1d([0.7, -1.2]), offset: tf.tensor1d([0.3, 0.1]) },
    },
  );
  check(
    "batch normalisation's own statistics",
    ({ x }) => {
      const { statistics, output } = batchNorm.apply(
        { scale: tf.tensor1d([0.7, -1.2]), offset: tf.tensor1d([0.3, 0.1]) },
        x,
      );
      return tf.add(
        tf.add(weigh(statistics.mean), weigh(tf.exp(statistics.variance))),
        weigh(tf.mul(output, coefficients)),
      );
    },
    { x: image },
  );
  // So short a step that no maximum changes its place and no unit its sign.
  check(
    "pooled convolution",
    ({ x, layer }) => weigh(pooledConvolution.apply(layer, x)),
    {
      x: image,
      layer: convolution.initialise(stream(4), 3, 2, 3),
    },
    1e-3,
  );
  check(
    "convolutional block",
    ({ x, block }) => weigh(convBlock.apply(block, x).output),
    { x: image, block: convBlock.initialise(stream(11), 2, 4) },
    1e-3,
  );
  check(
    "convolutional blocks side by side",
    ({ x, block }) => weigh(convBlock.apply(block, x, undefined, 2).output),
    { x: image, block: convBlock.initialise(stream(13), 1, 8) },
    1e-3,
  );
  check(
    "convolutional block, normalised by another batch",
    ({ x, y, block }) => weigh(convBlock.apply(block, x, convBlock.apply(block, y).statistics).output),
    {
      x: image,
      y: tf.mul<tf.Tensor4D>(tf.reverse(image, 1), 1.5),
      block: convBlock.initialise(stream(17), 2, 4),
    },
    1e-3,
  );
  check("ReLU", ({ x }) => weigh(relu(x)), { x: matrix }, 1e-3);
  check("leaky ReLU", ({ x }) => weigh(leakyRelu(x, 0.1)), { x: matrix }, 1e-3);
  check("mean squared error", ({ x }) => meanSquaredError(tf.exp(x), tf.ones([4, 5])), { x: matrix });
  check("unit length", ({ x }) => weigh(tf.mul(unitLength(x), matrix)), { x: tf.add(matrix, 0.3) });
  check(
    "LSTM cell",
    ({ x, state, layer }) => {
      const { hidden, cell } = lstmCell.apply(layer, x, state);
      return tf.add(weigh(hidden), weigh(cell));
    },
    {
      x: matrix,
      state: {
        hidden: uniform<Tensor2D>(stream(21), [4, 2], 1),
        cell: uniform<Tensor2D>(stream(22), [4, 2], 1),
      },
      layer: lstmCell.initialise(stream(23), 5, 2),
    },
  );
  check("self-attention in two heads", ({ x, layer }) => weigh(selfAttention.apply(layer, x, 2)), {
    x: uniform<Tensor2D>(stream(24), [3, 4], 1),
    layer: selfAttention.initialise(stream(25), 4),
  });
  // Fewer examples than features, so that the ridge alone makes the features' own matrix invertible.
  check(
    "ridge regression",
    ({ x, y, logRidge }) => weigh(ridgeRegression(x, y, tf.exp(logRidge))),
    { x: matrix, y: uniform<Tensor2D>(stream(26), [4, 3], 1), logRidge: tf.scalar(-0.2) },
    3e-3,
  );
  return cases;
}

/** Tests first and second derivatives of all cases on the backend in use. */
export function describeDerivatives(backend: string): void {
  describe(`derivatives against central differences, on ${backend}`, () => {
    for (const [name, [f, weights, step]] of Object.entries(derivativeCases())) {
      it(`${name}: first`, () => {
        expect(firstOrderError(f, weights, step)).toBeLessThan(5e-3);
      });
      it(`${name}: second`, () => {
        expect(secondOrderError(f, weights, step)).toBeLessThan(1e-2);
      });
    }
  });
}
