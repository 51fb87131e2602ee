import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { whyNotNative } from "../native/addon.ts";
import { registerKernels } from "./index.ts";
import { gap, noise, run, seed, values } from "./kernel-values.test-support.ts";
import type { Values } from "./kernel-values.test-support.ts";

const missing = whyNotNative();

/** Uses of kernels that tfjs-node has of its own, and what it answers before anything is replaced. */
const uses: Record<string, () => readonly Tensor[]> = {};
const stock: Record<string, Values> = {};

for (const [n, h, w, c, d, k] of [
  [1, 5, 7, 1, 3, 3],
  [3, 8, 8, 4, 16, 3],
  [2, 9, 6, 16, 1, 5],
  [4, 14, 14, 64, 64, 3],
  [2, 6, 6, 3, 5, 1],
] as const) {
  for (const strides of [1, 2, [2, 1]] as const) {
    for (const pad of ["same", "valid"] as const) {
      const common = { strides, pad, dataFormat: "NHWC" };
      const name = `${String([n, h, w, c])} by ${String([k, k, c, d])}, stride ${String(strides)}, ${pad}`;
      const x = (): Tensor => noise([n, h, w, c]);
      const filter = (): Tensor => noise([k, k, c, d]);
      uses[`convolution ${name}`] = () => {
        seed(5);
        const [input, weights] = [x(), filter()];
        const [y = input] = run("Conv2D", { x: input, filter: weights }, { ...common, dilations: 1 });
        const dy = noise(y.shape);
        return [
          y,
          ...run("Conv2DBackpropInput", { dy, filter: weights }, { ...common, inputShape: input.shape }),
          ...run("Conv2DBackpropFilter", { x: input, dy }, { ...common, filterShape: weights.shape }),
        ];
      };
    }
  }
}
uses["dilated convolution"] = () => {
  seed(6);
  return run(
    "Conv2D",
    { x: noise([2, 9, 9, 4]), filter: noise([3, 3, 4, 8]) },
    { strides: 1, pad: "same", dataFormat: "NHWC", dilations: 2 },
  );
};
for (const [n, h, w, c] of [
  [1, 4, 4, 1],
  [3, 7, 9, 5],
  [2, 28, 28, 64],
  [5, 3, 3, 16],
] as const) {
  for (const [filterSize, strides] of [
    [2, 2],
    [3, 2],
    [3, 1],
  ] as const) {
    for (const pad of ["same", "valid"] as const) {
      const attributes = { filterSize, strides, pad };
      const name = `${String([n, h, w, c])}, ${String(filterSize)} every ${String(strides)}, ${pad}`;
      uses[`gradient of max pooling ${name}`] = () => {
        seed(11);
        const x = noise([n, h, w, c]);
        const [y = x] = run("MaxPool", { x }, attributes);
        return [y, ...run("MaxPoolGrad", { dy: noise(y.shape), input: x, output: y }, attributes)];
      };
      // ReLU before pooling makes whole windows zero. Which of equals counts is a convention: TensorFlow's is the first.
      uses[`gradient of max pooling with ties ${name}`] = () => {
        seed(12);
        const x = tf.relu(noise([n, h, w, c]));
        const [y = x] = run("MaxPool", { x }, attributes);
        return [y, ...run("MaxPoolGrad", { dy: noise(y.shape), input: x, output: y }, attributes)];
      };
    }
  }
}

for (const shape of [[4], [3, 5], [2, 3, 16], [2, 5, 4, 3], [2, 5, 4, 64]]) {
  const axes = shape.map((_, axis) => axis);
  for (const axis of [axes, axes.slice(0, -1), axes.slice(-1), axes.slice(1)]) {
    for (const keepDims of [false, true]) {
      uses[`sum and mean of ${String(shape)} over ${String(axis)}${keepDims ? ", kept" : ""}`] = () => {
        seed(13);
        const x = noise(shape);
        return [...run("Sum", { x }, { axis, keepDims }), ...run("Mean", { x }, { axis, keepDims })];
      };
    }
  }
}
uses["sum and mean of integers and truth values"] = () => {
  const integers = tf.tensor2d([1, 2, 3, 4, 5, 7], [2, 3], "int32");
  const truths = tf.tensor1d([true, false, true], "bool");
  return [tf.sum(integers, 0), tf.mean(integers, 1), tf.sum(truths), tf.mean(truths)];
};
uses["conversions"] = () => [
  tf.cast(tf.tensor1d([1.5, -2.5]), "int32"),
  tf.cast(tf.tensor1d([1.5, -2.5]), "float32"),
  tf.cast(tf.tensor1d([0, 2], "int32"), "bool"),
];
uses["reshapings"] = () => {
  seed(16);
  const x = noise([2, 6]);
  const integers = tf.cast(tf.mul(x, 9), "int32");
  return [[2, 6], [3, 4], [12], [12, 1]].flatMap((shape) => [
    tf.reshape(x, shape),
    tf.add(tf.reshape(integers, shape), 1),
  ]);
};
uses["gradients of sums and means"] = () => {
  seed(15);
  const x = noise([2, 3, 4]);
  return [undefined, 0, [0, 1], [-1], [0, 2]].flatMap((axis) =>
    [false, true].flatMap((keepDims) => [
      tf.grad((v) => tf.sum(tf.square(tf.sum(v, axis, keepDims))))(x),
      tf.grad((v) => tf.sum(tf.square(tf.mean(v, axis, keepDims))))(x),
    ]),
  );
};
uses["ReLU's gradient"] = () => {
  seed(14);
  const x = tf.concat([noise([4, 5]), tf.zeros([1, 5])]);
  const coefficients = noise([5, 5]);
  return [
    tf.grad((v) => tf.sum(tf.mul(tf.square(tf.relu(v)), coefficients)))(x),
    tf.grad((v) => tf.sum(tf.relu(v)))(tf.zeros([3])),
  ];
};

describe.skipIf(missing !== undefined)(
  `kernels of native TensorFlow${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    let names: readonly string[] = [];

    beforeAll(async () => {
      createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu");
      await tf.setBackend("tensorflow");
      for (const [name, use] of Object.entries(uses)) stock[name] = values(use);
      names = registerKernels();
    }, 60_000);

    it("says which are in use, and registers once", () => {
      expect(names).toContain("Sum");
      expect(names).toContain("ReluGrad");
      expect(registerKernels()).toBe(names);
      for (const name of names) expect(tf.getKernel(name, "tensorflow")).toBeDefined();
    });

    for (const [name, use] of Object.entries(uses)) {
      it(`gives the stock kernels' values: ${name}`, () => {
        expect(gap(stock[name] ?? [], values(use))).toBeLessThan(2e-5);
      });
    }

    it("leaves no tensor behind", () => {
      const before = tf.memory();
      for (const use of Object.values(uses)) values(use);
      expect(tf.memory().numTensors).toBe(before.numTensors);
      expect(tf.memory().numBytes).toBe(before.numBytes);
    });
  },
);
