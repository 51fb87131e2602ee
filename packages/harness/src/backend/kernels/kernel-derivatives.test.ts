import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { whyNotNative } from "../native/addon.ts";
import { registerKernels } from "./index.ts";
import { noise, run, seed } from "./kernel-values.test-support.ts";

const missing = whyNotNative();

/** A kernel's first output. */
function one(kernel: string, inputs: Record<string, Tensor>, attributes: object): Tensor {
  const [output] = run(kernel, inputs, attributes);
  if (output === undefined) throw new Error(`${kernel} has no output.`);
  return output;
}
const number = (x: Tensor): number => x.dataSync()[0] ?? NaN;
const inner = (a: Tensor, b: Tensor): Tensor => tf.sum(tf.mul(a, b));

/** A kernel, what the suite's kernels say is its gradient, and where to look. */
interface Case<Name extends string> {
  readonly inputs: () => Readonly<Record<Name, Tensor>>;
  readonly forward: (inputs: Readonly<Record<Name, Tensor>>) => Tensor;
  /** By the inputs, for a cotangent of the output. */
  readonly backward: (
    dy: Tensor,
    inputs: Readonly<Record<Name, Tensor>>,
  ) => Partial<Readonly<Record<Name, Tensor>>>;
  /** Of the central differences. */
  readonly step: number;
}

const cases: Record<string, () => number> = {};

/**
 * Notes a case. Its error is the largest difference between the gradient and central differences of ⟨c, forward⟩, along the gradient's own
 * direction and two random ones for each input, relative to the longest gradient.
 */
function check<Name extends string>(name: string, { inputs, forward, backward, step }: Case<Name>): void {
  cases[name] = () => {
    const at = inputs();
    const cotangent = noise(forward(at).shape);
    const gradients = Object.entries(backward(cotangent, at)) as [Name, Tensor][];
    const longest = Math.max(...gradients.map(([, gradient]) => number(tf.norm(gradient))));
    let worst = 0;
    for (const [input, gradient] of gradients)
      for (const direction of [gradient, noise(gradient.shape), noise(gradient.shape)]) {
        const unit = tf.div(direction, tf.add(tf.norm(direction), 1e-9));
        const moved = (by: number): number =>
          number(inner(cotangent, forward({ ...at, [input]: tf.add(at[input], tf.mul(unit, by)) })));
        const slope = (moved(step) - moved(-step)) / (2 * step);
        worst = Math.max(worst, Math.abs(slope - number(inner(gradient, unit))) / longest);
      }
    return worst;
  };
}

// A convolution is linear in each input, and so are its gradients: a gradient of one of the three is always another of them.
for (const [family, groups] of [
  ["", 1],
  ["Grouped", 2],
] as const)
  for (const [n, h, w, c, d, k] of [
    [1, 5, 7, 1, 1, 3],
    [3, 6, 5, 2, 3, 3],
    [2, 4, 4, 4, 1, 1],
  ] as const)
    for (const strides of [1, 2])
      for (const pad of ["same", "valid"]) {
        const [inputShape, filterShape] = [
          [n, h, w, groups * c],
          [k, k, c, groups * d],
        ];
        const common = { strides, pad, dataFormat: "NHWC", dilations: 1 };
        const forward = (x: Tensor, filter: Tensor) => one(`${family}Conv2D`, { x, filter }, common);
        const toInput = (dy: Tensor, filter: Tensor) =>
          one(`${family}Conv2DBackpropInput`, { dy, filter }, { ...common, inputShape });
        const toFilter = (x: Tensor, dy: Tensor) =>
          one(`${family}Conv2DBackpropFilter`, { x, dy }, { ...common, filterShape });
        const x = () => noise(inputShape);
        const filter = () => noise(filterShape);
        const dy = () => noise(forward(x(), filter()).shape);
        const name = `of ${String(inputShape)} by ${String(filterShape)}, stride ${String(strides)}, ${pad}`;
        const step = 0.5;
        check(`${family}Conv2D ${name}`, {
          inputs: () => ({ x: x(), filter: filter() }),
          forward: (at) => forward(at.x, at.filter),
          backward: (c, at) => ({ x: toInput(c, at.filter), filter: toFilter(at.x, c) }),
          step,
        });
        check(`${family}Conv2DBackpropInput ${name}`, {
          inputs: () => ({ dy: dy(), filter: filter() }),
          forward: (at) => toInput(at.dy, at.filter),
          backward: (c, at) => ({ dy: forward(c, at.filter), filter: toFilter(c, at.dy) }),
          step,
        });
        check(`${family}Conv2DBackpropFilter ${name}`, {
          inputs: () => ({ x: x(), dy: dy() }),
          forward: (at) => toFilter(at.x, at.dy),
          backward: (c, at) => ({ x: toInput(at.dy, c), dy: forward(at.x, c) }),
          step,
        });
      }

for (const shape of [
  [1, 4, 3, 1],
  [1, 1, 1, 3],
  [5, 3, 3, 4],
  [2, 1, 1, 8],
] as const) {
  const channels = shape[3];
  const varianceEpsilon = 1e-2;
  const batchNorm = (x: Tensor, scale: Tensor, offset: Tensor) =>
    run("FusedTrainingBatchNorm", { x, scale, offset }, { varianceEpsilon });
  for (const [which, of] of [
    ["", (scale: Tensor) => scale],
    [", γ = 0", (scale: Tensor) => tf.zerosLike(scale)],
  ] as const)
    check(`FusedTrainingBatchNorm of ${String(shape)}${which}`, {
      inputs: () => ({ x: noise([...shape]), scale: of(noise([channels])), offset: noise([channels]) }),
      forward: ({ x, scale, offset }) => batchNorm(x, scale, offset)[0] ?? x,
      backward: (dy, { x, scale, offset }) => {
        const [, mean = x, variance = x] = batchNorm(x, scale, offset);
        const [dx = x, dScale = x, dOffset = x] = run(
          "FusedTrainingBatchNormGrad",
          { dy, x, scale, mean, variance },
          { varianceEpsilon },
        );
        return { x: dx, scale: dScale, offset: dOffset };
      },
      step: 1e-2,
    });
  check(`ChannelAffine of ${String(shape)}`, {
    inputs: () => ({
      x: noise([...shape]),
      centre: noise([channels]),
      scale: noise([channels]),
      offset: noise([channels]),
    }),
    forward: (at) => one("ChannelAffine", at, {}),
    backward: (dy, { x, centre, scale }) => {
      const [dx = x, dScale = x, dOffset = x] = run("ChannelAffineGrad", { dy, x, centre, scale }, {});
      return { x: dx, scale: dScale, offset: dOffset, centre: tf.neg(tf.mul(scale, dOffset)) };
    },
    step: 0.5,
  });
}

/** Numbers that all differ by a tenth at least, in an order of chance: a short step changes no maximum's place. */
function apart(shape: number[]): Tensor {
  const ranks = [...noise(shape).dataSync().entries()].sort(([, a], [, b]) => a - b).map(([place]) => place);
  return tf.tensor(
    Float32Array.from(ranks, (rank) => rank / 10),
    shape,
  );
}
for (const shape of [
  [1, 4, 4, 1],
  [2, 5, 7, 3],
])
  for (const [filterSize, strides] of [
    [2, 2],
    [3, 2],
  ] as const)
    for (const pad of ["same", "valid"]) {
      const window = { filterSize, strides, pad };
      const name = `of ${String(shape)}, ${String(filterSize)} every ${String(strides)}, ${pad}`;
      const withWorkspace = (dy: Tensor, x: Tensor): Tensor => {
        const [y = x, workspace = x] = run("MaxPoolWithWorkspace", { x }, window);
        return one("MaxPoolWithWorkspaceGrad", { dy, x, y, workspace }, window);
      };
      const forward = ({ x }: { readonly x: Tensor }) => one("MaxPoolWithWorkspace", { x }, window);
      const inputs = () => ({ x: apart(shape) });
      check(`MaxPoolWithWorkspace ${name}`, {
        inputs,
        forward,
        backward: (dy, { x }) => ({ x: withWorkspace(dy, x) }),
        step: 0.04,
      });
      check(`MaxPool ${name}`, {
        inputs,
        forward: ({ x }) => one("MaxPool", { x }, window),
        backward: (dy, { x }) => ({
          x: one("MaxPoolGrad", { dy, input: x, output: forward({ x }) }, window),
        }),
        step: 0.04,
      });
    }

check("SparseSoftmaxCrossEntropy", {
  inputs: () => ({ logits: tf.mul(noise([7, 5]), 3) }),
  forward: ({ logits }) =>
    one("SparseSoftmaxCrossEntropy", { logits, labels: tf.tensor1d([0, 1, 2, 3, 4, 4, 0], "int32") }, {}),
  backward: (dy, { logits }) => {
    const labels = tf.tensor1d([0, 1, 2, 3, 4, 4, 0], "int32");
    const [, slope = logits] = run("SparseSoftmaxCrossEntropy", { logits, labels }, {});
    return { logits: tf.mul(slope, tf.expandDims(dy, 1)) };
  },
  step: 2e-2,
});

// Those whose gradients tfjs finds by name, up to the second.
const cube = (x: Tensor): Tensor => tf.mul(tf.mul(x, x), x);
const fromZero = (): Tensor => {
  const x = noise([3, 9]);
  return tf.add(x, tf.mul(tf.sign(x), 0.2));
};
for (const [name, f] of Object.entries<(x: Tensor) => Tensor>({
  Relu: (x) => tf.sum(cube(tf.relu(x))),
  Sum: (x) => tf.sum(cube(tf.sum(x, 0))),
  Mean: (x) => tf.sum(cube(tf.mean(x, 1, true))),
  Reshape: (x) => tf.sum(cube(tf.sum(tf.reshape(x, [9, 3]), 0))),
})) {
  const gradient = (x: Tensor): Tensor => tf.grad(f)(x);
  const towards = (x: Tensor): Tensor => inner(gradient(x), tf.reshape(tf.sin(tf.range(1, 28)), [3, 9]));
  check(name, {
    inputs: () => ({ x: fromZero() }),
    forward: ({ x }) => f(x),
    backward: (dy, { x }) => ({ x: tf.mul(gradient(x), dy) }),
    step: 2e-2,
  });
  check(`${name}, twice`, {
    inputs: () => ({ x: fromZero() }),
    forward: ({ x }) => towards(x),
    backward: (dy, { x }) => ({ x: tf.mul(tf.grad(towards)(x), dy) }),
    step: 2e-2,
  });
}

describe.skipIf(missing !== undefined)(
  `gradients by own kernels against central differences${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    beforeAll(async () => {
      createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu");
      await tf.setBackend("tensorflow");
      registerKernels();
    }, 60_000);

    for (const [name, error] of Object.entries(cases))
      it(name, () => {
        seed(51);
        expect(tf.tidy(error)).toBeLessThan(2e-3);
      });
  },
);
