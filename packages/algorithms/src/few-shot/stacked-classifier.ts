import { concat, mul, reshape, stack } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Backbone, LabelledSet, Weights } from "@metabench/core";
import { stackedOf } from "../backbones/stacked.ts";
import {
  crossEntropy,
  repeat,
  stackedLinear,
  type LinearWeights,
  type StackedLinearWeights,
} from "../nn/index.ts";

/** A backbone and a linear classifier. */
export type Network = { readonly body: Weights; readonly head: LinearWeights };

/** Weights of several tasks at once. */
export type StackedNetwork = { readonly body: Weights; readonly head: Weights };

/** Labelled images of several tasks: inputs `[tasks, n, height, width, channels]`, labels `[tasks · n]`, task by task. */
export interface StackedSet {
  readonly inputs: Tensor;
  readonly labels: Tensor1D;
}

/** The sets of several tasks, all of one size, as one. */
export function stackedSet(sets: readonly LabelledSet[]): StackedSet {
  return {
    inputs: stack(sets.map(({ inputs }) => inputs)),
    labels: concat(sets.map(({ labels }) => labels)),
  };
}

/** A network that classifies the images of several tasks at once, each with weights of its own. */
export interface StackedClassifier {
  /** The same weights for each of `tasks`; differentiable. */
  repeat(weights: Network, tasks: number): StackedNetwork;
  /** The sum over tasks of the mean cross-entropy: its gradient holds that of each task. Statistics as in `Backbone.apply`. */
  loss(weights: StackedNetwork, set: StackedSet, statistics?: Weights): Scalar;
  /** The statistics of a set under the weights. */
  statistics(weights: StackedNetwork, set: StackedSet): Weights;
}

/** The classifier on a backbone, stacked the way the backbone offers, or else task by task. */
export function stackedClassifier(backbone: Backbone): StackedClassifier {
  const stacked = stackedOf(backbone);
  return {
    repeat: ({ body, head }, tasks) => ({ body: stacked.repeat(body, tasks), head: repeat(head, tasks) }),
    loss({ body, head }, { inputs, labels }, statistics) {
      const { embedding } = stacked.apply(body, inputs, statistics);
      const logits = stackedLinear(head as StackedLinearWeights, embedding);
      const [tasks = 1, , ways = 1] = logits.shape;
      return mul(crossEntropy(reshape(logits, [-1, ways]) as Tensor2D, labels), tasks);
    },
    statistics: ({ body }, { inputs }) => stacked.apply(body, inputs).statistics,
  };
}
