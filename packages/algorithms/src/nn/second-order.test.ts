import { startBackend } from "@metabench/harness/backend";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { describeDerivatives } from "./derivative-cases.test-support.ts";
import { recording } from "./engine.ts";
import { gradient, installSecondOrder, maxPool } from "./index.ts";

const { backend } = await startBackend();

describeDerivatives(backend);

describe("the cured tape", () => {
  it("is that of the tfjs it was written for", () => {
    expect(tf.version_core).toBe("4.22.0");
  });

  it("has an operation before the clone of its output that its gradient saved", () => {
    installSecondOrder();
    gradient(
      ({ x }) => {
        const y = tf.exp(x);
        const names = recording().activeTape?.map(({ kernelName, outputs, inputs }) => [
          kernelName === "Exp",
          Object.values(inputs).includes(y),
          outputs.includes(y),
        ]);
        expect(names).toEqual([
          [true, false, true],
          [false, true, false],
        ]);
        return tf.sum(y);
      },
      { x: tf.tensor1d([1]) },
    );
  });
});

describe("the second derivative of max pooling", () => {
  it("refuses windows that overlap instead of being wrong", () => {
    const x = tf.randomUniform<tf.Rank.R4>([1, 5, 5, 1], 0, 1, "float32", 3);
    const twice = (windows: number, strides: number): unknown =>
      gradient(
        (w) => {
          const inner = gradient(({ v }) => tf.sum(tf.square(tf.maxPool(v, windows, strides, "valid"))), w, {
            order: 2,
          });
          return tf.sum(tf.square(inner.v));
        },
        { v: x },
      );
    expect(() => twice(3, 2)).toThrow(/windows that do not overlap/);
    expect(() => twice(2, 2)).not.toThrow();
    expect(maxPool(x).shape).toEqual([1, 2, 2, 1]);
  });
});
