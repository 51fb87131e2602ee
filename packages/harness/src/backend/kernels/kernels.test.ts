import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whyNotNative } from "../native/start-native.ts";
import { registerKernels } from "./index.ts";

const missing = whyNotNative();

type Values = readonly (readonly number[])[];

let seed = 1;
function noise(shape: number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => {
      seed = (seed * 48271) % 2147483647;
      return (2 * seed) / 2147483647 - 1;
    }),
    shape,
  );
}

function run(kernel: string, inputs: Record<string, Tensor>, attributes: object): Tensor[] {
  return [tf.engine().runKernel<Tensor | Tensor[]>(kernel, inputs, attributes as NamedAttrMap)].flat();
}

function values(f: () => readonly Tensor[]): Values {
  const made = tf.tidy(() => f().map((tensor) => tensor.arraySync())) as unknown[];
  return made.map((nested) => [nested].flat(Infinity) as number[]);
}

function gap(a: Values, b: Values): number {
  expect(a.map(({ length }) => length)).toEqual(b.map(({ length }) => length));
  let largest = 0;
  for (const [which, list] of a.entries()) {
    const other = b[which] ?? [];
    const size = Math.max(1, ...list.map((value) => Math.abs(value)));
    for (const [index, value] of list.entries())
      largest = Math.max(largest, Math.abs(value - (other[index] ?? NaN)) / size);
  }
  return largest;
}

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
        seed = 5;
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
  seed = 6;
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
        seed = 11;
        const x = noise([n, h, w, c]);
        const [y = x] = run("MaxPool", { x }, attributes);
        return [y, ...run("MaxPoolGrad", { dy: noise(y.shape), input: x, output: y }, attributes)];
      };
      // ReLU before pooling makes whole windows zero. Which of equals counts is a convention: TensorFlow's is the first.
      uses[`gradient of max pooling with ties ${name}`] = () => {
        seed = 12;
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
        seed = 13;
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
  seed = 16;
  const x = noise([2, 6]);
  const integers = tf.cast(tf.mul(x, 9), "int32");
  return [[2, 6], [3, 4], [12], [12, 1]].flatMap((shape) => [
    tf.reshape(x, shape),
    tf.add(tf.reshape(integers, shape), 1),
  ]);
};
uses["gradients of sums and means"] = () => {
  seed = 15;
  const x = noise([2, 3, 4]);
  return [undefined, 0, [0, 1], [-1], [0, 2]].flatMap((axis) =>
    [false, true].flatMap((keepDims) => [
      tf.grad((v) => tf.sum(tf.square(tf.sum(v, axis, keepDims))))(x),
      tf.grad((v) => tf.sum(tf.square(tf.mean(v, axis, keepDims))))(x),
    ]),
  );
};
uses["ReLU's gradient"] = () => {
  seed = 14;
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
    });

    afterAll(() => {
      tf.disposeVariables();
    });

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

    it("normalises a batch as the definition says, also with γ = 0 and a single value a channel", () => {
      for (const shape of [
        [5, 4, 4, 3],
        [2, 1, 1, 8],
        [1, 3, 2, 1],
        [1, 1, 1, 4],
      ] as [number, number, number, number][]) {
        seed = 21;
        const channels = shape[3];
        const made = values(() => {
          const scale = tf.mul(
            noise([channels]),
            tf.tensor1d(Array.from({ length: channels }, (_, i) => i % 3)),
          );
          const [x, offset] = [noise(shape), noise([channels])];
          const [y = x, mean = x, variance = x] = run(
            "FusedTrainingBatchNorm",
            { x, scale, offset },
            { varianceEpsilon: 1e-3 },
          );
          const centre = tf.mean(x, [0, 1, 2]);
          const spread = tf.mean(tf.square(tf.sub(x, centre)), [0, 1, 2]);
          const expected = tf.add(
            tf.mul(tf.mul(tf.sub(x, centre), tf.rsqrt(tf.add(spread, 1e-3))), scale),
            offset,
          );
          return [y, mean, variance, expected, centre, spread];
        });
        expect(gap(made.slice(0, 3), made.slice(3))).toBeLessThan(1e-5);
      }
    });

    it("differentiates a batch's normalisation as the composition does, also with γ = 0", () => {
      for (const shape of [
        [5, 4, 4, 3],
        [2, 1, 1, 8],
        [1, 3, 2, 1],
      ] as [number, number, number, number][]) {
        seed = 22;
        const channels = shape[3];
        const made = values(() => {
          const scale = tf.mul(
            noise([channels]),
            tf.tensor1d(Array.from({ length: channels }, (_, i) => i % 3)),
          );
          const [x, dy] = [noise(shape), noise(shape)];
          const { mean, variance } = tf.moments(x, [0, 1, 2]);
          const normalise = (v: Tensor, s: Tensor, o: Tensor): Tensor => {
            const centre = tf.mean(v, [0, 1, 2]);
            const away = tf.sub(v, centre);
            return tf.add(
              tf.mul(tf.mul(away, tf.rsqrt(tf.add(tf.mean(tf.square(away), [0, 1, 2]), 1e-3))), s),
              o,
            );
          };
          return [
            ...run("FusedTrainingBatchNormGrad", { dy, x, scale, mean, variance }, { varianceEpsilon: 1e-3 }),
            ...tf.grads(normalise)([x, scale, tf.zeros([channels])], dy),
          ];
        });
        expect(gap(made.slice(0, 3), made.slice(3))).toBeLessThan(2e-5);
      }
    });

    it("shifts and scales channels, and gives the three sums of the gradient", () => {
      for (const shape of [
        [5, 4, 4, 3],
        [1, 1, 1, 8],
        [2, 28, 28, 64],
      ] as [number, number, number, number][]) {
        seed = 23;
        const made = values(() => {
          const [x, dy] = [noise(shape), noise(shape)];
          const [centre, scale, offset] = [noise([shape[3]]), noise([shape[3]]), noise([shape[3]])];
          const away = tf.sub(x, centre);
          return [
            ...run("ChannelAffine", { x, centre, scale, offset }, {}),
            ...run("ChannelAffineGrad", { dy, x, centre, scale }, {}),
            tf.add(tf.mul(away, scale), offset),
            tf.mul(dy, scale),
            tf.sum(tf.mul(dy, away), [0, 1, 2]),
            tf.sum(dy, [0, 1, 2]),
          ];
        });
        expect(gap(made.slice(0, 4), made.slice(4))).toBeLessThan(1e-5);
      }
    });

    it("carries a workspace from pooling to its gradient, which agrees with the gradient without one", () => {
      seed = 24;
      const window = { filterSize: 2, strides: 2, pad: "valid" };
      const made = values(() => {
        const x = tf.relu(noise([3, 7, 8, 5]));
        const [y = x, workspace = x] = run("MaxPoolWithWorkspace", { x }, window);
        const dy = noise(y.shape);
        return [
          y,
          ...run("MaxPoolWithWorkspaceGrad", { dy, x, y, workspace }, window),
          tf.maxPool(x as Tensor4D, 2, 2, "valid"),
          ...run("MaxPoolGrad", { dy, input: x, output: y }, window),
        ];
      });
      expect(gap(made.slice(0, 2), made.slice(2))).toBe(0);
    });

    it("convolves with a margin given in numbers, which stock tfjs-node refuses", () => {
      seed = 26;
      const made = values(() => {
        const [x, filter] = [noise([2, 9, 8, 4]), noise([3, 3, 4, 8])];
        const margin = (size: number): Tensor =>
          tf.pad(x, [
            [0, 0],
            [size, size],
            [size, size],
            [0, 0],
          ]);
        const attributes = { strides: 2, dataFormat: "NHWC", dilations: 1, dimRoundingMode: "floor" };
        return [
          ...[0, 1, 2].flatMap((pad) => run("Conv2D", { x, filter }, { ...attributes, pad })),
          ...[0, 1, 2].flatMap((pad) =>
            run("Conv2D", { x: margin(pad), filter }, { ...attributes, pad: "valid" }),
          ),
        ];
      });
      expect(gap(made.slice(0, 3), made.slice(3))).toBeLessThan(1e-5);
    });

    it("refuses to pool with a margin given in numbers, and says what to do", () => {
      const window = { filterSize: 2, strides: 2, pad: 1 };
      expect(() => tf.tidy(() => run("MaxPoolWithWorkspace", { x: noise([1, 4, 4, 1]) }, window))).toThrow(
        /pad the images first/,
      );
    });

    it("computes cross-entropy and its derivative", () => {
      seed = 25;
      const made = values(() => {
        const logits = tf.mul(noise([6, 4]), 5);
        const labels = tf.tensor1d([0, 1, 2, 3, 3, 0], "int32");
        const truth = tf.cast(tf.oneHot(labels, 4), "float32");
        return [
          ...run("SparseSoftmaxCrossEntropy", { logits, labels }, {}),
          tf.neg(tf.sum(tf.mul(truth, tf.logSoftmax(logits as tf.Tensor2D)), 1)),
          tf.sub(tf.softmax(logits as tf.Tensor2D), truth),
        ];
      });
      expect(gap(made.slice(0, 2), made.slice(2))).toBeLessThan(1e-5);
    });

    it("leaves no tensor behind", () => {
      for (const use of Object.values(uses)) values(use);
      const before = tf.memory();
      for (const use of Object.values(uses)) for (let turn = 0; turn < 3; turn++) values(use);
      expect(tf.memory().numTensors).toBe(before.numTensors);
      expect(tf.memory().numBytes).toBe(before.numBytes);
    });
  },
);
