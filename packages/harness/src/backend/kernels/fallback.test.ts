import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { whyNotNative } from "../native/addon.ts";
import { registerKernels } from "./index.ts";
import { noise, run, seed, values } from "./kernel-values.test-support.ts";

const missing = whyNotNative();

interface Binding {
  executeOp(name: string, ...rest: readonly unknown[]): unknown;
}

/** What TensorFlow says of an operation that a build does not have. */
function withoutOneDnn(): void {
  const native = tf.backend() as unknown as { binding: Binding };
  const { binding } = native;
  native.binding = Object.create(binding, {
    executeOp: {
      value: (name: string, ...rest: readonly unknown[]) => {
        if (name.startsWith("_Mkl")) throw new Error(`Op type not registered '${name}'`);
        return binding.executeOp(name, ...rest);
      },
    },
  }) as Binding;
}

describe.skipIf(missing !== undefined)(
  `a build of TensorFlow without oneDNN${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    let names: readonly string[] = [];
    const replaced = ["Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter", "MaxPoolGrad"];
    const added = ["GroupedConv2D", "MaxPoolWithWorkspace", "FusedTrainingBatchNorm", "ChannelAffine"];
    const stock = new Map<string, unknown>();

    beforeAll(async () => {
      createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu");
      await tf.setBackend("tensorflow");
      for (const name of replaced) stock.set(name, tf.getKernel(name, "tensorflow").kernelFunc);
      withoutOneDnn();
      names = registerKernels();
    }, 60_000);

    it("keeps the stock kernels under their names, and does not name them among its own", () => {
      for (const name of replaced) {
        expect(names).not.toContain(name);
        expect(tf.getKernel(name, "tensorflow").kernelFunc, name).toBe(stock.get(name));
      }
    });

    it("does not offer what there is no stock kernel for", () => {
      for (const name of added) {
        expect(names).not.toContain(name);
        expect(tf.getKernel(name, "tensorflow"), name).toBeUndefined();
      }
    });

    it("still has the kernels that do not need it", () => {
      expect(names).toEqual(expect.arrayContaining(["ReluGrad", "SparseSoftmaxCrossEntropy", "Sum", "Cast"]));
    });

    it("convolves and pools, gradients included", () => {
      seed(41);
      const [dx = [], dfilter = []] = values(() => {
        const x = noise([2, 5, 5, 3]) as tf.Tensor4D;
        const filter = noise([3, 3, 3, 4]) as tf.Tensor4D;
        return tf.grads((a: tf.Tensor, b: tf.Tensor) =>
          tf.sum(tf.maxPool(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, "same"), 2, 2, "valid")),
        )([x, filter]);
      });
      expect([dx.length, dfilter.length]).toEqual([150, 108]);
      expect(Math.max(...dx.map(Math.abs), ...dfilter.map(Math.abs))).toBeGreaterThan(0);
      expect(() => tf.tidy(() => run("MaxPoolWithWorkspace", { x: noise([1, 2, 2, 1]) }, {}))).toThrow(
        /not registered/,
      );
    });
  },
);
