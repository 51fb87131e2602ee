import type { Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { whyNotNative } from "../native/addon.ts";
import { startBackend } from "../start.ts";

const native = whyNotNative() === undefined;

beforeAll(async () => {
  if (native) await startBackend({ prefer: "native", threads: 1 });
});

beforeEach(async () => {
  await startBackend({ prefer: "wasm" });
});

/** Runs `compute` on each backend on the same numbers and returns both results. */
async function onBoth(compute: () => tf.Tensor): Promise<readonly [Float32Array, Float32Array]> {
  await startBackend({ prefer: "native" });
  const expected = (await tf.tidy(compute).data()) as Float32Array;
  await startBackend({ prefer: "wasm" });
  return [(await tf.tidy(compute).data()) as Float32Array, expected];
}

function close(actual: Float32Array, expected: Float32Array): void {
  expect(actual.length).toBe(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const worst = actual.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (expected[index] ?? NaN))),
    0,
  );
  expect(worst / largest).toBeLessThan(1e-5);
}

interface Convolution {
  readonly image: readonly [number, number];
  readonly channels: readonly [number, number];
  readonly filter: readonly [number, number];
  readonly strides: number | [number, number];
  readonly pad: "same" | "valid" | number;
}

const convolutions: readonly Convolution[] = [
  { image: [7, 9], channels: [3, 4], filter: [3, 3], strides: 1, pad: "same" },
  { image: [8, 6], channels: [1, 5], filter: [5, 5], strides: 1, pad: "valid" },
  { image: [9, 9], channels: [2, 3], filter: [3, 3], strides: 2, pad: "same" },
  { image: [8, 11], channels: [2, 3], filter: [3, 2], strides: 2, pad: "valid" },
  { image: [10, 12], channels: [2, 2], filter: [3, 3], strides: 3, pad: "same" },
  { image: [7, 7], channels: [4, 2], filter: [1, 1], strides: 2, pad: "valid" },
  { image: [6, 9], channels: [2, 2], filter: [2, 4], strides: [1, 2], pad: "same" },
  { image: [6, 6], channels: [2, 3], filter: [3, 3], strides: 1, pad: 2 },
  { image: [5, 5], channels: [2, 3], filter: [1, 1], strides: 1, pad: 1 },
  { image: [3, 3], channels: [64, 64], filter: [3, 3], strides: 1, pad: "same" },
];

function tensors({ image, channels, filter, strides, pad }: Convolution): {
  x: Tensor4D;
  w: Tensor4D;
  dy: Tensor4D;
} {
  const x = tf.randomNormal([2, ...image, channels[0]], 0, 1, "float32", 1) as Tensor4D;
  const w = tf.randomNormal([...filter, ...channels], 0, 1, "float32", 2) as Tensor4D;
  const dy = tf.randomNormal<tf.Rank.R4>(tf.conv2d(x, w, strides, pad).shape, 0, 1, "float32", 3);
  return { x, w, dy };
}

describe.each(convolutions)("a convolution on WebAssembly, %o", (convolution) => {
  const { strides, pad } = convolution;

  // A linear map and its adjoint satisfy ⟨A v, u⟩ = ⟨v, Aᵀ u⟩; with random u this needs no other implementation.
  it("has gradients that are its adjoint in filter and input", () => {
    tf.tidy(() => {
      const { x, w, dy } = tensors(convolution);
      const inner = (a: tf.Tensor, b: tf.Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0] ?? NaN;
      const forward = inner(tf.conv2d(x, w, strides, pad), dy);
      const [dx, dw] = tf.grads((a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, strides, pad))([x, w], dy);
      expect(Math.abs(inner(x, dx as tf.Tensor) - forward)).toBeLessThan(2e-3);
      expect(Math.abs(inner(w, dw as tf.Tensor) - forward)).toBeLessThan(2e-3);
    });
  });

  // tfjs-node knows no padding by number.
  it.skipIf(!native || typeof pad === "number")("has the gradients that native TensorFlow has", async () => {
    for (const which of [0, 1]) {
      const [actual, expected] = await onBoth(() => {
        const { x, w, dy } = tensors(convolution);
        return tf.grads((a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, strides, pad))([x, w], dy)[
          which
        ] as tf.Tensor;
      });
      close(actual, expected);
    }
  });
});

describe("max pooling's gradient on WebAssembly", () => {
  const poolings = [
    { size: 2, strides: 2, pad: "valid", image: [9, 7] },
    { size: 2, strides: 2, pad: "same", image: [9, 7] },
    { size: 3, strides: 1, pad: "same", image: [5, 6] },
    { size: 3, strides: 2, pad: "valid", image: [8, 8] },
  ] as const;

  it.skipIf(!native).each(poolings)("is native TensorFlow's: %o", async ({ size, strides, pad, image }) => {
    const [actual, expected] = await onBoth(() => {
      const x = tf.randomNormal([3, ...image, 5], 0, 1, "float32", 4) as Tensor4D;
      return tf.grad((a) => tf.square(tf.maxPool(a as Tensor4D, size, strides, pad)))(x);
    });
    close(actual, expected);
  });

  it("goes to the first of equal maxima", () => {
    const gradient = tf.tidy(() =>
      tf
        .grad((a) => tf.maxPool(a as Tensor4D, 2, 2, "valid"))(tf.ones([1, 2, 2, 1]))
        .dataSync(),
    );
    expect([...gradient]).toEqual([1, 0, 0, 0]);
  });
});

describe("sums and means over leading axes on WebAssembly", () => {
  it.each([
    { axis: 0, keepDims: false },
    { axis: [0, 1, 2], keepDims: false },
    { axis: [2, 0, 1], keepDims: true },
    { axis: [-1], keepDims: true },
    { axis: [1, 2], keepDims: false },
    { axis: [0, 1, 2, 3], keepDims: false },
  ])("agree with plain arithmetic: %o", ({ axis, keepDims }) => {
    tf.tidy(() => {
      const shape = [3, 4, 2, 5];
      const values = Float32Array.from({ length: 120 }, (_, index) => Math.sin(index));
      const x = tf.tensor(values, shape);
      const axes = tf.util.parseAxisParam(axis, shape);
      const totals = new Map<string, number>();
      values.forEach((value, index) => {
        const place = [
          Math.floor(index / 40),
          Math.floor(index / 10) % 4,
          Math.floor(index / 5) % 2,
          index % 5,
        ];
        const key = place.filter((_, dimension) => !axes.includes(dimension)).join();
        totals.set(key, (totals.get(key) ?? 0) + value);
      });
      const count = 120 / totals.size;
      const sum = tf.sum(x, axis, keepDims);
      expect(sum.shape).toEqual(
        keepDims
          ? shape.map((size, dimension) => (axes.includes(dimension) ? 1 : size))
          : shape.filter((_, d) => !axes.includes(d)),
      );
      close(sum.dataSync() as Float32Array, Float32Array.from(totals.values()));
      close(
        tf.mean(x, axis, keepDims).dataSync() as Float32Array,
        Float32Array.from(totals.values(), (total) => total / count),
      );
    });
  });

  it("counts integers and booleans as before", () => {
    expect(
      tf
        .sum(
          tf.tensor2d(
            [
              [1, 2],
              [3, 4],
            ],
            [2, 2],
            "int32",
          ),
          0,
        )
        .dataSync(),
    ).toEqual(Int32Array.of(4, 6));
    expect(
      tf
        .sum(
          tf.tensor2d(
            [
              [1, 0],
              [1, 1],
            ],
            [2, 2],
            "bool",
          ),
          0,
        )
        .dataSync(),
    ).toEqual(Int32Array.of(2, 1));
  });
});

describe("gather's gradient on WebAssembly", () => {
  it("adds up the rows that were taken more than once", () => {
    const gradient = tf.tidy(() =>
      tf
        .grad((x) =>
          tf.mul(
            tf.gather(x, tf.tensor1d([2, 0, 2], "int32")),
            tf.tensor2d([
              [1, 2],
              [3, 4],
              [5, 6],
            ]),
          ),
        )(tf.zeros([4, 2]))
        .dataSync(),
    );
    expect([...gradient]).toEqual([3, 4, 0, 0, 6, 8, 0, 0]);
  });
});

describe("training on WebAssembly", () => {
  const blocks: Readonly<Record<string, (x: Tensor4D, w: Tensor4D) => Tensor4D>> = {
    "Conv4 (3×3 same, batch norm, ReLU, pooling)": (x, w) => {
      const z = tf.conv2d(x, w, 1, "same");
      const { mean, variance } = tf.moments(z, [0, 1, 2], true);
      return tf.maxPool(
        tf.relu(tf.mul(tf.sub(z, mean), tf.rsqrt(tf.add(variance, 1e-5))) as Tensor4D),
        2,
        2,
        "valid",
      );
    },
    "LeNet (5×5 valid, pooling, ReLU)": (x, w) =>
      tf.relu(tf.maxPool(tf.conv2d(x, w, 1, "valid"), 2, 2, "valid")),
  };

  it.each(Object.entries(blocks))("lowers the loss of %s, and leaks nothing", (name, block) => {
    const size = name.startsWith("LeNet") ? 5 : 3;
    const labels = tf.tensor1d([0, 1, 2, 3, 0, 1, 2, 3], "int32");
    const images = tf.randomNormal([8, 28, 28, 1], 0, 1, "float32", 5) as Tensor4D;
    const kernels = [
      tf.variable(tf.randomNormal([size, size, 1, 8], 0, 0.3, "float32", 6)),
      tf.variable(tf.randomNormal([size, size, 8, 8], 0, 0.1, "float32", 7)),
    ] as [tf.Variable<tf.Rank.R4>, tf.Variable<tf.Rank.R4>];
    const features = size === 5 ? 128 : 392;
    const head = tf.variable(tf.randomNormal([features, 4], 0, 0.1, "float32", 8)) as tf.Variable<tf.Rank.R2>;
    const optimiser = tf.train.adam(0.01);
    const step = (): number =>
      tf.tidy(() => {
        const loss = optimiser.minimize(() => {
          const body = kernels.reduce<Tensor4D>((x, w) => block(x, w), images);
          const logits = tf.matMul(tf.reshape(body, [8, features]), head);
          return tf.neg(tf.mean(tf.sum(tf.mul(tf.oneHot(labels, 4), tf.logSoftmax(logits)), 1))) as tf.Scalar;
        }, true);
        return loss?.dataSync()[0] ?? NaN;
      });
    const losses = [step()];
    const before = tf.memory().numTensors;
    for (let index = 0; index < 14; index++) losses.push(step());
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 3);
    expect(tf.memory().numTensors).toBe(before);
  });
});
