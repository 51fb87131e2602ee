import { readFileSync } from "node:fs";
import { randomStream } from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { inScope } from "../learner.test-support.ts";
import { stream } from "../nn/derivatives.test-support.ts";
import {
  crossEntropy,
  leaves,
  lstmCell,
  map,
  selfAttention,
  uniform,
  valueAndGradient,
} from "../nn/index.ts";
import type { LinearWeights, SelfAttentionWeights, Weights } from "../nn/index.ts";
import { cosineAttention } from "./embedding/cosine-attention.ts";
import { cosineHead } from "./pretraining/cosine-head.ts";
import { fullContextEmbedding, type FullContextWeights } from "./embedding/full-context-embedding.ts";
import { nearestMean } from "./embedding/nearest-mean.ts";
import { ridgeClassifier } from "./embedding/ridge-classifier.ts";
import { metaLearner } from "./strategy/learning-strategy.ts";
import { transformations } from "./simple-shot.ts";
import { taskEncoder } from "./strategy/task-encoder.ts";

type Rows = readonly (readonly number[])[];
type Layer = { readonly kernel: Rows; readonly bias: readonly number[] };
type RidgeInputs = {
  readonly support: Rows;
  readonly queries: Rows;
  readonly logRidge: number;
  readonly logScale: number;
};

/** Made by golden/few_shot_closed_forms.py of this package, which says how. */
interface Golden {
  readonly r2d2: readonly {
    readonly shots: number;
    readonly labels: number[];
    readonly inputs: RidgeInputs;
    readonly logits: Rows;
    readonly loss: number;
    readonly gradients: RidgeInputs;
  }[];
  readonly matching: readonly {
    readonly shots: number;
    readonly scale: number;
    readonly support: Rows;
    readonly queries: Rows;
    readonly probabilities: Rows;
  }[];
  readonly simpleShot: readonly {
    readonly shots: number;
    readonly support: Rows;
    readonly queries: Rows;
    readonly centre: number[];
    readonly distances: Rows;
  }[];
  readonly cosineHead: readonly {
    readonly scale: number;
    readonly embeddings: Rows;
    readonly labels: number[];
    readonly kernel: Rows;
    readonly logits: Rows;
    readonly loss: number;
    readonly gradient: Rows;
  }[];
  readonly lstm: Layer & {
    readonly x: Rows;
    readonly hidden: Rows;
    readonly cell: Rows;
    readonly next: { readonly hidden: Rows; readonly cell: Rows };
  };
  readonly attention: {
    readonly heads: number;
    readonly x: Rows;
    readonly weights: Readonly<Record<keyof SelfAttentionWeights, Layer>>;
    readonly output: Rows;
  };
  readonly fullContext: {
    readonly support: Rows;
    readonly queries: Rows;
    readonly steps: number;
    readonly weights: Readonly<Record<keyof FullContextWeights, Layer>>;
    readonly g: Rows;
    readonly f: Rows;
  };
  readonly umtl: Layered & {
    readonly tasks: readonly Rows[];
    readonly shots: number;
    readonly embedding: number[];
    readonly error: number;
    readonly stepSizes: number[];
  };
}

/** What a strategy starts from. */
type Layered = { readonly head: Layer; readonly scale: number[]; readonly offset: number[] };

const golden = JSON.parse(
  readFileSync(new URL("closed-forms.golden.json", import.meta.url), "utf8"),
) as Golden;

const rows = (values: Rows): Tensor2D => tf.tensor2d(values as number[][]);
const layer = ({ kernel, bias }: Layer): LinearWeights => ({
  kernel: rows(kernel),
  bias: tf.tensor1d([...bias]),
});
const integers = (values: number[]): Tensor1D => tf.tensor1d(values, "int32");
const supportSet = (inputs: Tensor, shots: number) => {
  const [count = 0] = inputs.shape;
  const labels = Array.from({ length: count }, (_, index) => Math.floor(index / shots));
  return { inputs, labels: integers(labels), ways: count / shots, shots };
};

/** Within 1e-4 of the largest expected value. */
function close(got: Tensor, expected: unknown): void {
  const wanted = [expected].flat(3) as number[];
  const scale = Math.max(...wanted.map(Math.abs));
  const values = [...got.dataSync()];
  expect(values).toHaveLength(wanted.length);
  for (const [index, value] of values.entries())
    expect(Math.abs(value - (wanted[index] ?? NaN)) / scale).toBeLessThan(1e-4);
}

/** Compares a loss and its gradient. */
function closeGradient<W extends Weights>(
  f: (weights: W) => Scalar,
  weights: W,
  loss: number,
  gradients: Readonly<Record<string, unknown>>,
): void {
  const found = valueAndGradient(f, weights);
  expect(found.value.arraySync()).toBeCloseTo(loss, 4);
  expect([...leaves(found.gradient).keys()]).toEqual(Object.keys(gradients));
  for (const [path, leaf] of leaves(found.gradient)) close(leaf, gradients[path]);
}

/** Compares the few-shot learners' formulas with numpy and PyTorch in double precision, on the backend in use. */
export function describeClosedForms(backend: string): void {
  describe(`closed forms against double precision, on ${backend}`, () => {
    const check = (name: string, body: () => void) => {
      it(name, () => {
        inScope(body);
      });
    };

    for (const { shots, labels, inputs, logits, loss, gradients } of golden.r2d2)
      check(`ridge regression's logits, loss and gradient, ${String(shots)} shots`, () => {
        const predict = ({ support, queries, ...head }: ReturnType<typeof weights>) =>
          ridgeClassifier(head, supportSet(support, shots)).predict(queries);
        const weights = () => ({
          support: rows(inputs.support),
          queries: rows(inputs.queries),
          logRidge: tf.scalar(inputs.logRidge),
          logScale: tf.scalar(inputs.logScale),
        });
        close(predict(weights()), logits);
        closeGradient((w) => crossEntropy(predict(w), integers(labels)), weights(), loss, gradients);
      });

    for (const { shots, scale, support, queries, probabilities } of golden.matching)
      check(`attention by cosine, ${String(shots)} shots, times ${String(scale)}`, () => {
        const logProbabilities = cosineAttention(supportSet(rows(support), shots), rows(queries), scale);
        close(tf.exp(logProbabilities), probabilities);
      });

    for (const { shots, support, queries, centre, distances } of golden.simpleShot)
      check(`the nearest centroid of CL2N features, ${String(shots)} shots`, () => {
        const cl2n = (x: Rows) => transformations.cl2n(rows(x), tf.tensor1d(centre));
        close(tf.neg(nearestMean(supportSet(cl2n(support), shots)).predict(cl2n(queries))), distances);
      });

    for (const { scale, embeddings, labels, kernel, logits, loss, gradient } of golden.cosineHead)
      check(`a cosine head's logits, loss and gradient, times ${String(scale)}`, () => {
        const head = cosineHead(scale);
        const weights = { kernel: rows(kernel) };
        close(head.apply(weights, rows(embeddings)), logits);
        const f = (w: typeof weights) => crossEntropy(head.apply(w, rows(embeddings)), integers(labels));
        closeGradient(f, weights, loss, { kernel: gradient });
      });

    check("an LSTM cell", () => {
      const { x, hidden, cell, next, ...weights } = golden.lstm;
      const state = lstmCell.apply(layer(weights), rows(x), { hidden: rows(hidden), cell: rows(cell) });
      close(state.hidden, next.hidden);
      close(state.cell, next.cell);
    });

    check("a support set in full context, and queries that read it", () => {
      const { support, queries, steps, weights, g, f } = golden.fullContext;
      const { forward, backward, reading } = weights;
      const layers = { forward: layer(forward), backward: layer(backward), reading: layer(reading) };
      const seen = fullContextEmbedding.support(layers, rows(support));
      close(seen, g);
      close(fullContextEmbedding.queries(layers, rows(queries), seen, steps), f);
    });

    check("UMTL's task embedding, its decoder's error, and the strategy generated from it", () => {
      const { tasks, shots, ...expected } = golden.umtl;
      const random = stream(31);
      const drawn = <W extends Weights>(form: W): W =>
        map(form, (leaf) => uniform<Tensor>(random, leaf.shape, 0.2));
      const body = drawn({ norm: { scale: tf.zeros([4]), offset: tf.zeros([4]) } });
      const form = randomStream("form");
      const encoder = drawn(taskEncoder.initialise(form, 6, 3));
      const meta = drawn(metaLearner.initialise(form, body, 6));
      const seen = tasks.map((inputs) => ({ ...supportSet(rows(inputs), shots), inputs: rows(inputs) }));
      const embeddings = seen.map((task) => taskEncoder.embed(encoder, task));
      const [support, task] = [seen[0], embeddings[0]];
      if (support === undefined || task === undefined) throw new Error("the golden file has no task");
      close(task, expected.embedding);
      close(taskEncoder.reconstructionError(encoder, task, support), expected.error);
      const context: Tensor2D = tf.slice(metaLearner.contexts(meta, tf.concat(embeddings)), [0, 0], [1, -1]);
      const { start, stepSizes } = metaLearner.strategy(meta, body, context, encoder.labels, 0.1);
      close(start.head.kernel, expected.head.kernel);
      close(start.head.bias, expected.head.bias);
      close(start.body.norm.scale, expected.scale);
      close(start.body.norm.offset, expected.offset);
      const [trunk = NaN, head = NaN] = expected.stepSizes;
      for (const [path, size] of leaves(stepSizes)) close(size, path.startsWith("head") ? head : trunk);
    });

    check("self-attention in four heads", () => {
      const { heads, x, weights, output } = golden.attention;
      const { query, key, value, output: last } = weights;
      const layers = { query: layer(query), key: layer(key), value: layer(value), output: layer(last) };
      close(selfAttention.apply(layers, rows(x), heads), output);
    });
  });
}
