import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { whyNotNative } from "../native/addon.ts";
import { registerKernels } from "./index.ts";
import { gap, noise, run, seed, values } from "./kernel-values.test-support.ts";

const missing = whyNotNative();

describe.skipIf(missing !== undefined)(
  `the suite's own kernels${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    beforeAll(async () => {
      createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu");
      await tf.setBackend("tensorflow");
      registerKernels();
    }, 60_000);

    it("normalises a batch as the definition says, also with γ = 0 and a single value a channel", () => {
      for (const shape of [
        [5, 4, 4, 3],
        [2, 1, 1, 8],
        [1, 3, 2, 1],
        [1, 1, 1, 4],
        // Large enough for oneDNN's kernel.
        [9, 31, 31, 64],
      ] as [number, number, number, number][]) {
        seed(21);
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
        [2, 17, 17, 64],
      ] as [number, number, number, number][]) {
        seed(22);
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
        seed(23);
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
      seed(24);
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

    it("convolves groups of channels side by side, with both gradients, as each group would alone", () => {
      for (const [images, height, width, inputs, outputs, groups, size, strides, pad] of [
        [2, 9, 8, 1, 4, 3, 3, 1, "same"],
        [1, 7, 7, 3, 5, 2, 3, 2, "valid"],
        [3, 5, 6, 2, 1, 4, 5, 1, "same"],
        [1, 1, 1, 4, 2, 2, 1, 1, "valid"],
      ] as [number, number, number, number, number, number, number, number, "same" | "valid"][]) {
        seed(27);
        const made = values(() => {
          const x = noise([images, height, width, inputs * groups]) as Tensor4D;
          const filter = noise([size, size, inputs, outputs * groups]) as Tensor4D;
          const common = { strides, pad, dataFormat: "NHWC", dilations: 1 };
          const [y = x] = run("GroupedConv2D", { x, filter }, common);
          const dy = noise(y.shape);
          const [parts, filters, cotangents] = [x, filter, dy].map((all) => tf.split(all, groups, 3));
          const alone = (parts ?? []).map((part, group) => {
            const convolve = (v: Tensor, w: Tensor): Tensor =>
              tf.conv2d(v as Tensor4D, w as Tensor4D, strides, pad);
            const own = filters?.[group] as Tensor;
            return [convolve(part, own), ...tf.grads(convolve)([part, own], cotangents?.[group])];
          });
          return [
            y,
            ...run("GroupedConv2DBackpropInput", { dy, filter }, { ...common, inputShape: x.shape }),
            ...run("GroupedConv2DBackpropFilter", { x, dy }, { ...common, filterShape: filter.shape }),
            ...[0, 1, 2].map((which) =>
              tf.concat(
                alone.map((of) => of[which] as Tensor),
                3,
              ),
            ),
          ];
        });
        expect(gap(made.slice(0, 3), made.slice(3))).toBeLessThan(1e-5);
      }
    });

    it("convolves with a margin given in numbers, which stock tfjs-node refuses", () => {
      seed(26);
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
      seed(25);
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
  },
);
