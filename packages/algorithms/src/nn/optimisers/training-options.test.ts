import { startBackend } from "@metabench/harness/backend";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { adam, named, sgd, variables } from "../index.ts";
import type { Optimiser, RateOptions } from "../index.ts";
import { scheduleFactor } from "./schedule.ts";

await startBackend();

type W = { a: tf.Tensor1D; b: tf.Tensor2D };
const start = (): W => variables({ a: tf.tensor1d([1, -2]), b: tf.tensor2d([[0.5, 3]]) });
const flat = ({ a, b }: W): number[] => [...a.dataSync(), ...b.dataSync()];
const gradients = (a: number[], b: number[]): W => ({ a: tf.tensor1d(a), b: tf.tensor2d([b]) });
const apply = (optimiser: Optimiser<W>, a: number[], b: number[]) => {
  tf.tidy(() => {
    optimiser.apply(gradients(a, b));
  });
};
const loss = ({ a, b }: W): tf.Scalar => tf.add(tf.sum(tf.square(a)), tf.sum(tf.mul(tf.square(b), b)));

const makers: Record<string, (w: W, options: RateOptions) => Optimiser<W>> = {
  adam,
  sgd: (w, options) => sgd(w, { ...options, momentum: 0.9, weightDecay: 0.01 }),
};

describe.each(Object.entries(makers))("%s", (_, make) => {
  it("keeps its bits and its state where nothing is asked for", () => {
    const [plain, asked] = [start(), start()];
    const [one, other] = [
      make(plain, { rate: 0.1, clipNorm: 2 }),
      make(asked, { rate: 0.1, clipNorm: 2, training: {}, updates: 10 }),
    ];
    for (let t = 0; t < 3; t += 1) for (const each of [one, other]) tf.tidy(() => void each.minimise(loss));
    expect(flat(asked)).toEqual(flat(plain));
    expect(Object.keys(other.state)).toEqual(Object.keys(one.state));
    expect(Object.keys(one.state)).not.toContain("accumulated");
  });

  it("makes one step of k equal updates", () => {
    const [plain, accumulating] = [start(), start()];
    const one = make(plain, { rate: 0.1, schedule: (update) => 1 / (1 + update / 4) });
    const four = make(accumulating, {
      rate: 0.1,
      schedule: (update) => 1 / (1 + update / 16),
      training: { accumulate: 4 },
    });
    for (let step = 0; step < 3; step += 1) {
      apply(one, [1, 2 + step], [-1, 0.5]);
      for (let update = 0; update < 4; update += 1) {
        const before = flat(accumulating);
        apply(four, [1, 2 + step], [-1, 0.5]);
        if (update < 3) expect(flat(accumulating)).toEqual(before);
      }
      expect(flat(accumulating)).toEqual(flat(plain));
    }
    expect(four.state["step"]?.dataSync()[0]).toBe(12);
  });

  it("makes of unequal updates the step of their mean", () => {
    const [plain, accumulating] = [start(), start()];
    apply(make(plain, { rate: 0.1 }), [2, 0], [1, -1]);
    const two = make(accumulating, { rate: 0.1, training: { accumulate: 2 } });
    apply(two, [4, -1], [1, 0]);
    apply(two, [0, 1], [1, -2]);
    expect(flat(accumulating)).toEqual(flat(plain));
  });

  it.each([1, 2, 3, 4])("goes on bit for bit after %i updates with every option", (updates) => {
    const training = { clipNorm: 0.5, accumulate: 3, schedule: "cosine", l1: 0.01 } as const;
    const options: RateOptions = { rate: 0.1, training, updates: 7 };
    const run = (w: W, optimiser: Optimiser<W>, from: number, to: number) => {
      for (let t = from; t < to; t += 1) tf.tidy(() => void optimiser.minimise(loss));
      return { ...named(w), ...optimiser.state };
    };
    const [through, first, second] = [start(), start(), start()];
    run(through, make(through, options), 0, 7);
    const saved = run(first, make(first, options), 0, updates);
    const resumed = make(second, options);
    for (const [name, variable] of Object.entries({ ...named(second), ...resumed.state })) {
      const value = saved[name];
      if (value) variable.assign(tf.tensor(value.dataSync().slice(), value.shape, value.dtype));
    }
    run(second, resumed, updates, 7);
    expect(flat(second)).toEqual(flat(through));
  });
});

describe("the norm asked for", () => {
  it("takes the place of the method's own, over all weights together", () => {
    const weights = variables({ a: tf.tensor1d([0, 0]), b: tf.tensor2d([[0, 0]]) });
    apply(sgd(weights, { rate: 1, clipNorm: 1, training: { clipNorm: 2.5 } }), [3, 0], [0, 4]);
    for (const [at, value] of [-1.5, 0, 0, -2].entries()) expect(flat(weights)[at]).toBeCloseTo(value, 6);
  });

  it("is that of the mean gradient, without the penalty", () => {
    const weights = start();
    const before = flat(weights);
    const optimiser = sgd(weights, { rate: 1, training: { clipNorm: 1, accumulate: 2, l1: 0.1 } });
    apply(optimiser, [9, 0], [0, 0]);
    apply(optimiser, [-3, 0], [0, 0]);
    // The mean gradient is 3 for the first weight, shortened to 1; then the kernels move by 0.1.
    const moves = flat(weights).map((value, at) => value - (before[at] ?? NaN));
    for (const [at, value] of [-1, 0, -0.1, -0.1].entries()) expect(moves[at]).toBeCloseTo(value, 6);
  });
});

describe("L1", () => {
  it("moves kernels towards 0 by rate times weight after the step, and nothing else", () => {
    const weights = start();
    apply(sgd(weights, { rate: 0.1, training: { l1: 2 } }), [1, -1], [-4, 0.5]);
    // By hand: a = [1 − 0.1, −2 + 0.1], and b = [0.5 + 0.4, 3 − 0.05], each less 0.1 · 2.
    for (const [at, value] of [0.9, -1.9, 0.7, 2.75].entries())
      expect(flat(weights)[at]).toBeCloseTo(value, 6);
  });

  it("follows Adam's step by the rate of its schedule, in double precision by hand", () => {
    const weights = variables({ a: tf.tensor1d([1, -2]), b: tf.tensor2d([[0.5, 0.06]]) });
    const optimiser = adam(weights, { rate: 0.1, schedule: () => 0.5, training: { l1: 0.4 } });
    apply(optimiser, [3, -3], [-2, 2]);
    // The first step of Adam is rate · sign(g), up to ε: 0.05. Then b goes on by 0.05 · 0.4: 0.55 − 0.02, and 0.01 − 0.02 stops at 0.
    for (const [at, value] of [0.95, -1.95, 0.53, 0].entries())
      expect(flat(weights)[at]).toBeCloseTo(value, 6);
    expect(flat(weights)[3]).toBe(0);
  });

  it.each(Object.entries(makers))(
    "makes exact zeros of the weights of useless inputs, and moves no bias: %s",
    (_, make) => {
      const weights = variables({ a: tf.tensor1d([0.3, -0.3]), b: tf.tensor2d([[0.4, 0.4]]) });
      // Whole waves are orthogonal. Only the first input is of use, and biases are wanted as they are.
      const turn = (i: number) => (2 * Math.PI * i) / 32;
      const inputs = tf.tensor2d(
        Array.from({ length: 32 }, (_value, i) => [Math.sin(turn(i)), Math.cos(3 * turn(i))]),
      );
      const wanted = tf.mul(tf.slice(inputs, [0, 0], [-1, 1]), 2);
      const fit = ({ a, b }: W): tf.Scalar =>
        tf.add(
          tf.mean(tf.square(tf.sub(tf.matMul(inputs, b, false, true), wanted))),
          tf.sum(tf.square(tf.sub(a, [0.3, -0.3]))),
        );
      const optimiser = make(weights, { rate: 0.02, training: { l1: 0.2 } });
      for (let t = 0; t < 300; t += 1) tf.tidy(() => void optimiser.minimise(fit));
      const [first, second, useful, useless] = flat(weights);
      expect(Math.abs(useless ?? NaN)).toBe(0);
      expect(useful).toBeGreaterThan(1);
      // A pull of the penalty would leave them 0.1 nearer to 0, half its weight; sgd has a weight decay of its own.
      expect(first).toBeCloseTo(0.3, 2);
      expect(second).toBeCloseTo(-0.3, 2);
    },
  );
});

describe("the schedule asked for", () => {
  it("has the values of its name at the start, the middle and the end of the budget", () => {
    const at = (name: keyof typeof scheduleFactor) => [0, 0.25, 0.5, 0.99, 1].map(scheduleFactor[name]);
    expect(at("constant")).toEqual([1, 1, 1, 1, 1]);
    expect(at("linear").map((value) => Number(value.toFixed(6)))).toEqual([1, 0.75, 0.5, 0.01, 0]);
    // (1 + cos πp) / 2: cos 45° = 0.707107, cos 90° = 0, cos 178.2° = −0.999507.
    expect(at("cosine").map((value) => Number(value.toFixed(6)))).toEqual([1, 0.853553, 0.5, 0.000247, 0]);
    expect(at("step")).toEqual([1, 0.5, 0.25, 0.0625, 0.0625]);
  });

  it("takes the place of the method's own, over the updates of the budget", () => {
    const weights = variables({ a: tf.tensor1d([0, 0]), b: tf.tensor2d([[0, 0]]) });
    const optimiser = sgd(weights, {
      rate: 1,
      schedule: () => 100,
      training: { schedule: "linear" },
      updates: 4,
    });
    for (let t = 0; t < 4; t += 1) apply(optimiser, [1, 0], [0, 0]);
    // 1 + 0.75 + 0.5 + 0.25.
    expect(flat(weights)[0]).toBe(-2.5);
  });

  it("is refused where the method does not say how many updates there are", () => {
    expect(() => adam(start(), { rate: 1, training: { schedule: "cosine" } })).toThrow(
      expect.objectContaining({ code: "invalid-options", message: expect.stringContaining("updates") }),
    );
  });
});
