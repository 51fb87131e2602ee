import { startBackend } from "@metabench/harness/backend";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { descend, descendLoss, disposeTree, gradient, iterate, variables } from "./index.ts";

await startBackend();

const loss = ({ x }: { x: tf.Tensor1D }): tf.Scalar => tf.sum(tf.square(x));
const step = (w: { x: tf.Tensor1D }) => descend(w, gradient(loss, w), 0.25);

describe("iterate", () => {
  it("yields the weights after 0, 1, 2, ... steps: halves of 8", () => {
    const initial = variables({ x: tf.tensor1d([8]) });
    const seen: number[] = [];
    for (const { x } of iterate(initial, step)) {
      seen.push(x.dataSync()[0] ?? NaN);
      if (seen.length === 4) break;
    }
    expect(seen).toEqual([8, 4, 2, 1]);
    expect(initial.x.isDisposed).toBe(false);
    disposeTree(initial);
  });

  it("holds one step's weights however many are drawn, in a scope that stays open while the generator sleeps", () => {
    const initial = variables({ x: tf.tensor1d([8]) });
    const before = tf.memory().numTensors;
    tf.engine().startScope();
    const steps = iterate(initial, step);
    const held = Array.from({ length: 51 }, () => {
      steps.next();
      tf.tidy(() => void tf.add(initial.x, 1));
      return tf.memory().numTensors;
    });
    expect(held[50]).toBe(held[1]);
    steps.return(undefined as never);
    expect(tf.memory().numTensors).toBe(before);
    tf.engine().endScope();
    expect(tf.memory().numTensors).toBe(before);
    disposeTree(initial);
  });

  it("keeps weights that a step passes through", () => {
    const initial = { body: tf.tensor1d([1]), head: tf.tensor1d([8]) };
    const steps = iterate(initial, ({ body, head }) => ({ body, head: tf.mul<tf.Tensor1D>(head, 0.5) }));
    for (let turn = 0; turn < 3; turn++) steps.next();
    expect(initial.body.isDisposed).toBe(false);
    expect(steps.next().value.head.arraySync()).toEqual([1]);
    steps.return(undefined as never);
    expect(initial.body.isDisposed).toBe(false);
    disposeTree(initial);
  });
});

describe("descendLoss", () => {
  it("is a step along the loss's gradient, and its derivative sees the step's own at order 2 alone", () => {
    // f = x², one step at rate 1/4 halves x; then d/dx (x/2)² = x/2 at order 2, and 2 · x/2 = x where the step's gradient is constant.
    tf.tidy(() => {
      const at = { x: tf.tensor1d([8]) };
      expect(descendLoss(loss, at, 0.25).x.arraySync()).toEqual([4]);
      const through = (order: 1 | 2) => gradient((w) => loss(descendLoss(loss, w, 0.25, { order })), at);
      expect(through(2).x.arraySync()).toEqual([4]);
      expect(through(1).x.arraySync()).toEqual([8]);
    });
  });

  it("passes a weight through that does not reach the loss", () => {
    tf.tidy(() => {
      const weights = { x: tf.tensor1d([8]), unused: tf.tensor1d([3]) };
      const { x, unused } = descendLoss(({ x }: typeof weights) => loss({ x }), weights, 0.25);
      expect(x.arraySync()).toEqual([4]);
      expect(unused).toBe(weights.unused);
    });
  });
});
