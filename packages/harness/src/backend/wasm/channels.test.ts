import * as tf from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../start.ts";

const epsilon = 1e-3;

beforeAll(async () => {
  await startBackend({ prefer: "wasm" });
});

function run(name: string, inputs: Record<string, Tensor>, attributes: NamedAttrMap = {}): Tensor[] {
  return [tf.engine().runKernel<Tensor | Tensor[]>(name, inputs, attributes)].flat();
}

function expectClose(actual: readonly Tensor[], expected: readonly Tensor[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((tensor, index) => {
    const other = expected[index] as Tensor;
    expect(tensor.shape).toEqual(other.shape);
    expect(tf.max(tf.abs(tf.sub(tensor, other))).dataSync()[0]).toBeLessThan(2e-4);
  });
}

// The same mathematics, composed of tfjs' own operations and differentiated by its tape.
describe("kernels by channel on WebAssembly", () => {
  const images = (seed: number): Tensor4D =>
    tf.randomNormal([3, 4, 5, 6], 0.5, 2, "float32", seed) as Tensor4D;
  const vector = (seed: number): tf.Tensor1D => tf.randomNormal([6], 0, 1, "float32", seed);

  it("normalise a batch, and its gradients, as the composition does", () => {
    tf.tidy(() => {
      const [x, dy, scale, offset] = [images(1), images(2), vector(3), vector(4)] as const;
      const compose = (input: Tensor, gain: Tensor, shift: Tensor): Tensor => {
        const { mean, variance } = tf.moments(input, [0, 1, 2]);
        return tf.add(tf.mul(tf.div(tf.sub(input, mean), tf.sqrt(tf.add(variance, epsilon))), gain), shift);
      };
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      const attributes = { varianceEpsilon: epsilon };
      expectClose(run("FusedTrainingBatchNorm", { x, scale, offset }, attributes), [
        compose(x, scale, offset),
        mean,
        variance,
      ]);
      expectClose(
        run("FusedTrainingBatchNormGrad", { dy, x, scale, mean, variance }, attributes),
        tf.grads(compose)([x, scale, offset], dy),
      );
    });
  });

  it("scale and shift, and the gradients of that, as the composition does", () => {
    tf.tidy(() => {
      const [x, dy, centre, scale, offset] = [images(5), images(6), vector(7), vector(8), vector(9)] as const;
      const compose = (input: Tensor, gain: Tensor, shift: Tensor): Tensor =>
        tf.add(tf.mul(tf.sub(input, centre), gain), shift);
      expectClose(run("ChannelAffine", { x, centre, scale, offset }), [compose(x, scale, offset)]);
      expectClose(
        run("ChannelAffineGrad", { dy, x, centre, scale }),
        tf.grads(compose)([x, scale, offset], dy),
      );
    });
  });

  it("mask a cotangent by sign", () => {
    const [masked] = run("ReluGrad", { dy: tf.tensor1d([1, 2, 3]), x: tf.tensor1d([-1, 0, 1]) });
    expect([...(masked as Tensor).dataSync()]).toEqual([0, 0, 3]);
  });
});
