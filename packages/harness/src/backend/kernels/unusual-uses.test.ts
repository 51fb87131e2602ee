import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { whyNotNative } from "../native/addon.ts";
import { registerKernels } from "./index.ts";
import { gap, noise, run, seed, values } from "./kernel-values.test-support.ts";
import type { Values } from "./kernel-values.test-support.ts";

const missing = whyNotNative();

/** Types, paddings, layouts and shapes that no network of the suite has, but a stranger's may. */
const uses: Record<string, () => readonly Tensor[]> = {};
const integers = (shape: number[]): Tensor => tf.cast(tf.mul(noise(shape), 9), "int32");

const plain = { strides: 1, pad: "same", dataFormat: "NHWC", dilations: 1 };
const convolve = (x: Tensor, filter: Tensor, attributes: object): readonly Tensor[] =>
  run("Conv2D", { x, filter }, { ...plain, ...attributes });

uses["convolution of integers"] = () => convolve(integers([1, 5, 5, 2]), integers([3, 3, 2, 4]), {});
uses["convolution with uneven margins"] = () =>
  convolve(noise([1, 5, 5, 2]), noise([3, 3, 2, 4]), {
    pad: [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ],
  });
uses["convolution with a filter larger than the image"] = () =>
  convolve(noise([2, 3, 3, 2]), noise([5, 5, 2, 4]), {});
uses["convolution, dilated differently in height and width"] = () =>
  convolve(noise([2, 9, 8, 2]), noise([3, 3, 2, 4]), { pad: "valid", dilations: [2, 3] });
uses["convolution of one pixel"] = () => convolve(noise([1, 1, 1, 1]), noise([1, 1, 1, 1]), {});
uses["convolution of one row, with a filter of one row"] = () =>
  convolve(noise([3, 1, 9, 1]), noise([1, 3, 1, 2]), { strides: [1, 2] });
function pool(x: Tensor, window: object, cotangent: (shape: number[]) => Tensor = noise): readonly Tensor[] {
  const [y = x] = run("MaxPool", { x }, window);
  return [y, ...run("MaxPoolGrad", { dy: cotangent(y.shape), input: x, output: y }, window)];
}
const half = { filterSize: 2, strides: 2, pad: "valid" };

uses["pooling of integers"] = () => pool(integers([1, 4, 4, 2]), half, integers);
uses["pooling of no images"] = () => pool(noise([0, 4, 4, 5]), half);
uses["pooling of one pixel"] = () => pool(noise([2, 1, 1, 1]), { ...half, filterSize: 1, strides: 1 });
uses["pooling of whole images"] = () => pool(noise([2, 28, 28, 5]), { ...half, filterSize: 28, strides: 28 });
// Where a maximum lies is kept in a byte, as long as a window has no more than 255 places.
uses["pooling with windows of 289 pixels that overlap"] = () =>
  pool(noise([1, 20, 20, 3]), { ...half, filterSize: 17, strides: 1 });
uses["pooling with oblong windows"] = () =>
  pool(noise([2, 9, 8, 5]), { filterSize: [3, 2], strides: [2, 3], pad: "same" });
uses["pooling that leaves gaps"] = () => pool(noise([2, 9, 8, 5]), { ...half, strides: 3 });
uses["pooling with a margin of none, in numbers"] = () =>
  pool(noise([2, 9, 8, 5]), { ...half, pad: 0, dimRoundingMode: "floor" });
uses["pooling of equal numbers"] = () => pool(tf.zeros([2, 6, 6, 3]), { ...half, filterSize: 3 });

uses["sums and means of nothing"] = () => [
  tf.sum(noise([0, 16]), 0),
  tf.sum(noise([0, 16])),
  tf.mean(noise([2, 0]), 0),
];
uses["sums and means over axes out of order, from behind, and none"] = () => {
  const x = noise([2, 3, 16]);
  return [[1, 0], [-2, -3], [0, 2], []].flatMap((axis) => [tf.sum(x, axis), tf.mean(x, axis)]);
};
uses["sums and means of one number"] = () => [tf.sum(tf.scalar(3)), tf.mean(tf.scalar(3))];
uses["reshapings with a side left open, to one number and of nothing"] = () => [
  tf.reshape(noise([2, 6]), [-1, 3]),
  tf.reshape(noise([2, 6]), [2, -1]),
  tf.reshape(noise([1]), []),
  tf.reshape(tf.scalar(2), [1, 1]),
  tf.reshape(noise([0, 3]), [3, 0]),
];
uses["conversions of truth values and complex numbers"] = () => [
  tf.cast(tf.cast(tf.tensor1d([true, false], "bool"), "bool"), "float32"),
  tf.real(tf.cast(tf.cast(noise([3]), "complex64"), "complex64")),
];
uses["ReLU's gradient of nothing and of one number"] = () =>
  [noise([0, 4]), tf.scalar(0.5), tf.scalar(-0.5)].map((x) => tf.grad((v) => tf.sum(tf.relu(v)))(x));

describe.skipIf(missing !== undefined)(
  `unusual uses of kernels of native TensorFlow${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    const stock: Record<string, { readonly values: Values; readonly kinds: readonly string[] }> = {};
    const look = (use: () => readonly Tensor[]) => {
      seed(31);
      const kinds = tf.tidy(() => use().map(({ dtype, shape }) => `${dtype} [${String(shape)}]`));
      seed(31);
      return { values: values(use), kinds };
    };

    beforeAll(async () => {
      createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu");
      await tf.setBackend("tensorflow");
      for (const [name, use] of Object.entries(uses)) stock[name] = look(use);
      registerKernels();
    }, 60_000);

    for (const [name, use] of Object.entries(uses))
      it(`gives the stock kernels' values, types and shapes: ${name}`, () => {
        const { values: found, kinds } = look(use);
        expect(kinds).toEqual(stock[name]?.kinds);
        expect(gap(stock[name]?.values ?? [], found)).toBeLessThan(2e-5);
      });

    // oneDNN's own answer to no images has as many channels as they.
    it("convolves no images to none, with gradients of nothing", () => {
      const [y, dx, dFilter] = tf.tidy(() => {
        const [x, filter] = [noise([0, 5, 5, 2]), noise([3, 3, 2, 4])];
        const [made = x] = convolve(x, filter, {});
        return [
          made.shape,
          ...run("Conv2DBackpropInput", { dy: made, filter }, { ...plain, inputShape: x.shape }).map(
            ({ shape }) => shape,
          ),
          ...run("Conv2DBackpropFilter", { x, dy: made }, { ...plain, filterShape: filter.shape }).map(
            (gradient) => [...gradient.dataSync()],
          ),
        ];
      });
      expect(y).toEqual([0, 5, 5, 4]);
      expect(dx).toEqual([0, 5, 5, 2]);
      expect(dFilter).toEqual(Array.from({ length: 72 }, () => 0));
    });

    // TensorFlow's own kernel takes channels first on some processors only.
    it("convolves with channels first as with channels last", () => {
      const toLast = [0, 2, 3, 1];
      const operands = () => {
        seed(31);
        return [noise([1, 2, 5, 5]), noise([3, 3, 2, 4])] as const;
      };
      const first = values(() =>
        convolve(...operands(), { dataFormat: "NCHW" }).map((y) => tf.transpose(y, toLast)),
      );
      const last = values(() => {
        const [x, filter] = operands();
        return convolve(tf.transpose(x, toLast), filter, {});
      });
      expect(gap(last, first)).toBeLessThan(2e-5);
    });

    it("refuses what the stock kernel refuses: types that do not go together", () => {
      const x = tf.tidy(() => integers([1, 4, 4, 2]));
      expect(() => tf.tidy(() => [...pool(x, half, noise)])).toThrow(/MaxPoolGrad as input #2.* int32/);
    });

    it("does nothing where there is nothing to pool, with a workspace too", () => {
      const shapes = tf.tidy(() => {
        const x = noise([0, 4, 4, 3]);
        const [y = x, workspace = x] = run("MaxPoolWithWorkspace", { x }, half);
        return run("MaxPoolWithWorkspaceGrad", { dy: y, x, y, workspace }, half).map(({ shape }) => shape);
      });
      expect(shapes).toEqual([[0, 4, 4, 3]]);
    });
  },
);
