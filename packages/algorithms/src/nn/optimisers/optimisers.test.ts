import { startBackend } from "@metabench/harness/backend";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { adam, disposeTree, named, sgd, variables } from "../index.ts";
import type { Optimiser } from "../index.ts";

await startBackend();

type Pair = { a: tf.Tensor1D; b: tf.Tensor2D };
const start = (): Pair => variables({ a: tf.tensor1d([1, -2]), b: tf.tensor2d([[0.5, 3]]) });
const loss = ({ a, b }: Pair): tf.Scalar => tf.add(tf.sum(tf.mul(tf.square(a), a)), tf.sum(tf.square(b)));
const flat = ({ a, b }: Pair): number[] => [...a.dataSync(), ...b.dataSync()];
const slope = ([a0 = 0, a1 = 0, b0 = 0, b1 = 0]: number[]): number[] => [
  3 * a0 ** 2,
  3 * a1 ** 2,
  2 * b0,
  2 * b1,
];

const close = (got: number[], expected: number[]): void => {
  for (const [index, value] of expected.entries()) {
    expect(Math.abs((got[index] ?? NaN) - value) / Math.max(1, Math.abs(value))).toBeLessThan(1e-5);
  }
};

const makers: Record<string, (w: Pair) => Optimiser<Pair>> = {
  adam: (w) => adam(w, { rate: 0.1, clipNorm: 5, schedule: (step) => 1 / (1 + step) }),
  sgd: (w) => sgd(w, { rate: 0.05, momentum: 0.9, weightDecay: 0.01 }),
};

describe("adam", () => {
  it("follows algorithm 1 of the paper, written out in double precision", () => {
    const weights = start();
    const optimiser = adam(weights, { rate: 0.1 });
    let w = flat(weights);
    let m = w.map(() => 0);
    let v = w.map(() => 0);
    for (let t = 1; t <= 20; t++) {
      const g = slope(w);
      m = m.map((value, i) => 0.9 * value + 0.1 * (g[i] ?? 0));
      v = v.map((value, i) => 0.999 * value + 0.001 * (g[i] ?? 0) ** 2);
      w = w.map(
        (value, i) =>
          value - (0.1 * ((m[i] ?? 0) / (1 - 0.9 ** t))) / (Math.sqrt((v[i] ?? 0) / (1 - 0.999 ** t)) + 1e-8),
      );
      tf.tidy(() => void optimiser.minimise(loss));
      close(flat(weights), w);
    }
    disposeTree(weights);
  });
});

describe("sgd", () => {
  it("follows PyTorch's rule, written out in double precision", () => {
    const weights = start();
    const optimiser = sgd(weights, { rate: 0.01, momentum: 0.9, weightDecay: 0.01 });
    let w = flat(weights);
    let v = w.map(() => 0);
    for (let t = 1; t <= 10; t++) {
      const g = slope(w);
      v = v.map((value, i) => 0.9 * value + (g[i] ?? 0) + 0.01 * (w[i] ?? 0));
      w = w.map((value, i) => value - 0.01 * (v[i] ?? 0));
      tf.tidy(() => void optimiser.minimise(loss));
      close(flat(weights), w);
    }
    disposeTree(weights);
  });

  it("shortens gradients to the norm asked for, all weights together", () => {
    const weights = variables({ a: tf.tensor1d([0, 0]), b: tf.tensor2d([[0, 0]]) });
    const optimiser = sgd(weights, { rate: 1, clipNorm: 1 });
    tf.tidy(() => {
      optimiser.apply({ a: tf.tensor1d([3, 0]), b: tf.tensor2d([[0, 4]]) });
    });
    close(flat(weights), [-0.6, 0, 0, -0.8]);
    tf.tidy(() => {
      optimiser.apply({ a: tf.tensor1d([0.3, 0]), b: tf.tensor2d([[0, 0]]) });
    });
    close(flat(weights), [-0.9, 0, 0, -0.8]);
    disposeTree(weights);
  });
});

describe.each(Object.entries(makers))("%s", (_, make) => {
  it("goes on bit for bit from restored variables and state", () => {
    const straight = start();
    const one = make(straight);
    for (let t = 0; t < 7; t++) tf.tidy(() => void one.minimise(loss));
    const interrupted = start();
    const two = make(interrupted);
    for (let t = 0; t < 3; t++) tf.tidy(() => void two.minimise(loss));
    const resumed = start();
    const three = make(resumed);
    const [from, to] = [
      { ...named(interrupted), ...two.state },
      { ...named(resumed), ...three.state },
    ];
    for (const [name, variable] of Object.entries(to)) {
      const saved = from[name];
      expect(saved).toBeDefined();
      if (saved) variable.assign(tf.tensor(saved.dataSync().slice(), saved.shape, saved.dtype));
    }
    for (let t = 3; t < 7; t++) tf.tidy(() => void three.minimise(loss));
    expect(flat(resumed)).toEqual(flat(straight));
    for (const tree of [straight, interrupted, resumed]) disposeTree(tree);
  });

  it("keeps no tensors but its state, and returns the loss to the caller's scope", () => {
    const weights = start();
    const optimiser = make(weights);
    tf.tidy(() => void optimiser.minimise(loss));
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const expected = loss(weights).arraySync();
      expect(optimiser.minimise(loss).arraySync()).toBeCloseTo(expected, 5);
    });
    expect(tf.memory().numTensors).toBe(before);
    disposeTree(weights);
  });
});
