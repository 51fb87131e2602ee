import { startBackend } from "@metabench/harness/backend";
import * as tf from "@tensorflow/tfjs-core";
import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  descend,
  gradient,
  meanValueAndGradient,
  perTaskGradients,
  stopGradient,
  valueAndGradient,
  variables,
} from "./index.ts";

await startBackend();

const cubes = ({ x }: { x: Tensor1D }): Scalar => tf.sum(tf.mul(tf.square(x), x));

beforeEach(() => {
  tf.engine().startScope();
});
afterEach(() => {
  tf.engine().endScope();
});

describe("gradient", () => {
  it("gives the value and, in the weights' form, the derivative: 3x² for Σx³", () => {
    const { value, gradient: g } = valueAndGradient(cubes, { x: tf.tensor1d([1, -2]) });
    expect(value.arraySync()).toBe(-7);
    expect(g.x.arraySync()).toEqual([3, 12]);
  });

  it("gives zeros to a weight that does not matter, and refuses if none does", () => {
    const weights = { x: tf.tensor1d([1]), unused: tf.tensor1d([5, 5]) };
    expect(gradient(cubes, weights).unused.arraySync()).toEqual([0, 0]);
    expect(() => gradient(() => tf.scalar(1), weights)).toThrow(/Cannot compute gradient/);
  });

  // d/dx of Σ(x − r·3x²)³ with r = 0.1: at order 2, 3u²(1 − 0.6x); at order 1 the inner gradient is a constant, so 3u². At x = 2, u = 0.8.
  it.each([
    [2, 3 * 0.8 ** 2 * (1 - 0.6 * 2)],
    [1, 3 * 0.8 ** 2],
  ] as const)("inside another, at order %i", (order, expected) => {
    const outer = (w: { x: Tensor1D }): Scalar => cubes(descend(w, gradient(cubes, w, { order }), 0.1));
    expect(gradient(outer, { x: tf.tensor1d([2]) }).x.arraySync()[0]).toBeCloseTo(expected, 5);
  });

  it("of variables leaves them and the tape clean", () => {
    const weights = variables({ x: tf.tensor1d([1, 2]) });
    tf.tidy(() => void gradient((w) => cubes(descend(w, gradient(cubes, w, { order: 2 }), 0.1)), weights));
    const before = tf.memory().numTensors;
    for (const order of [1, 2] as const) {
      for (let turn = 0; turn < 5; turn++) {
        tf.tidy(() => void gradient((w) => cubes(descend(w, gradient(cubes, w, { order }), 0.1)), weights));
        tf.tidy(() => void gradient(cubes, weights, { order }));
      }
    }
    expect(tf.memory().numTensors).toBe(before);
    weights.x.dispose();
  });

  it("frees the inner tape at once at order 1", () => {
    const held = (order: 1 | 2): number => {
      let most = 0;
      tf.tidy(() => {
        gradient(
          (w) => {
            const inner = tf.tidy(() => gradient(cubes, w, { order }).x);
            most = tf.memory().numTensors;
            return tf.sum(tf.mul(inner, w.x));
          },
          { x: tf.tensor1d([1, 2]) },
        );
      });
      return most;
    };
    expect(held(1)).toBeLessThan(held(2));
  });

  it("does not free a weight that is itself the value", () => {
    const weights = { x: tf.scalar(2) };
    expect(gradient(({ x }) => tf.mul(x, x) as Scalar, weights).x.arraySync()).toBe(4);
    expect(() => gradient(({ x }) => x, weights)).toThrow();
    expect(weights.x.isDisposed).toBe(false);
  });

  it("stops at stopGradient", () => {
    const g = gradient(({ x }) => tf.sum(tf.mul(x, stopGradient(x))), { x: tf.tensor1d([3]) });
    expect(g.x.arraySync()).toEqual([3]);
  });
});

describe("meanValueAndGradient", () => {
  const losses = [
    cubes,
    ({ x }: { x: Tensor1D }): Scalar => tf.sum(x),
    ({ x }: { x: Tensor1D }): Scalar => tf.sum(tf.square(x)),
  ];

  it("is the mean of the values and of the gradients: (3x² + 1 + 2x) / 3", () => {
    const { value, gradient: g } = meanValueAndGradient(losses, { x: tf.tensor1d([1, -2]) });
    expect(value.arraySync()).toBeCloseTo((-7 - 1 + 5) / 3, 6);
    for (const [index, expected] of [6 / 3, 9 / 3].entries())
      expect(g.x.arraySync()[index]).toBeCloseTo(expected, 6);
  });

  it("leaves only its result behind, and refuses to average nothing", () => {
    const weights = { x: tf.tensor1d([1, -2]) };
    const before = tf.memory().numTensors;
    meanValueAndGradient(losses, weights);
    expect(tf.memory().numTensors).toBe(before + 2);
    expect(() => meanValueAndGradient([], weights)).toThrow(/at least one/);
  });
});

describe("perTaskGradients", () => {
  const losses = ({ shared, unused }: { shared: Tensor1D; unused: Tensor1D }): Scalar[] => {
    const trunk = tf.exp(shared);
    return [tf.sum(tf.square(trunk)), tf.sum(tf.tanh(trunk)), tf.sum(tf.square(unused))];
  };
  const weights = () => ({ shared: tf.tensor1d([0.1, -0.4]), unused: tf.tensor1d([1]) });

  it("equals a gradient a loss exactly", () => {
    const tree = weights();
    const { values, gradients } = perTaskGradients(losses, tree);
    for (const index of [0, 1, 2]) {
      const { value, gradient: g } = valueAndGradient((w) => losses(w)[index] ?? tf.scalar(0), tree);
      expect(values[index]?.arraySync()).toBe(value.arraySync());
      expect(gradients[index]?.shared.arraySync()).toEqual(g.shared.arraySync());
      expect(gradients[index]?.unused.arraySync()).toEqual(g.unused.arraySync());
    }
  });

  it("leaves no tensor behind, also inside another gradient and after an error", () => {
    const tree = weights();
    const use = (): void => {
      tf.tidy(() => void perTaskGradients(losses, tree));
      tf.tidy(
        () =>
          void gradient((w) => {
            const [first] = perTaskGradients(losses, w).gradients;
            return tf.sum(tf.mul(w.shared, first?.shared ?? 0));
          }, tree),
      );
    };
    use();
    const before = tf.memory().numTensors;
    use();
    expect(tf.memory().numTensors).toBe(before);
    expect(() =>
      perTaskGradients(() => [cubes({ x: tree.shared }), null as unknown as Scalar], tree),
    ).toThrow();
    use();
  });
});
