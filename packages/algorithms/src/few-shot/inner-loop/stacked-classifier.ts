import { addN, concat, mul, reshape, stack, sum } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Backbone, LabelledSet, Weights } from "@metabench/core";
import { stackedOf } from "../../backbones/stacked.ts";
import {
  crossEntropy,
  gradient,
  joinTrees,
  leaves,
  map,
  mixedLoss,
  repeat,
  stackedLinear,
  type LinearWeights,
  type StackedLinearWeights,
  zip,
} from "../../nn/index.ts";

/** A backbone and a linear classifier. */
export type Network = { readonly body: Weights; readonly head: LinearWeights };

/** Weights of several tasks at once. */
export type StackedNetwork = { readonly body: Weights; readonly head: Weights };

/** Labelled images of several tasks: inputs `[tasks, n, height, width, channels]`, labels `[tasks · n]`, task by task. */
export interface StackedSet extends Pick<LabelledSet, "labels" | "mixed"> {
  readonly inputs: Tensor;
}

/** The sets of several tasks, all of one size, as one; those of a meta-batch are mixed with one λ, if they are. */
export function stackedSet(sets: readonly LabelledSet[]): StackedSet {
  const mixed = sets.flatMap((set) => set.mixed ?? []);
  const [first] = mixed;
  return {
    inputs: stack(sets.map(({ inputs }) => inputs)),
    labels: concat(sets.map(({ labels }) => labels)),
    ...(first && { mixed: { labels: concat(mixed.map(({ labels }) => labels)), share: first.share } }),
  };
}

/** A network that classifies the images of several tasks at once, each with weights of its own. */
export interface StackedClassifier {
  /** The same weights for each of `tasks`; differentiable. */
  readonly repeat: (weights: Network, tasks: number) => StackedNetwork;
  repeatBody(body: Weights, tasks: number): Weights;
  repeatHead(head: LinearWeights, tasks: number): Weights;
  /** One set of a network's weights per task; differentiable. */
  join(networks: readonly Network[]): StackedNetwork;
  /** A set's embeddings `[tasks, n, features]`. Statistics as in `Backbone.apply`. */
  embed(body: Weights, set: StackedSet, statistics?: Weights): Tensor;
  /** The sum over tasks of the mean cross-entropy, given the embeddings. */
  headLoss(head: Weights, embedding: Tensor, labels: Tensor1D): Scalar;
  /** The sum over tasks of the mean cross-entropy: its gradient holds that of each task. Statistics as in `Backbone.apply`. */
  loss(weights: StackedNetwork, set: StackedSet, statistics?: Weights): Scalar;
  /** The statistics of a set under the weights. */
  statistics(weights: StackedNetwork, set: StackedSet): Weights;
}

/** The classifier on a backbone, stacked the way the backbone offers, or else task by task. */
export function stackedClassifier(backbone: Backbone): StackedClassifier {
  const stacked = stackedOf(backbone);
  const repeatBody = (body: Weights, tasks: number) => stacked.repeat(body, tasks);
  const repeatHead = (head: LinearWeights, tasks: number) => repeat(head, tasks);
  const embed = (body: Weights, { inputs }: StackedSet, statistics?: Weights) =>
    stacked.apply(body, inputs, statistics).embedding;
  const headLoss = (head: Weights, embedding: Tensor, labels: Tensor1D) => {
    const logits = stackedLinear(head as StackedLinearWeights, embedding);
    const [tasks = 1, , ways = 1] = logits.shape;
    return mul<Scalar>(crossEntropy(reshape(logits, [-1, ways]) as Tensor2D, labels), tasks);
  };
  return {
    repeat: ({ body, head }, tasks) => ({ body: repeatBody(body, tasks), head: repeatHead(head, tasks) }),
    repeatBody,
    repeatHead,
    join: (networks) => ({
      body: stacked.join(networks.map(({ body }) => body)),
      head: joinTrees(
        networks.map(({ head }) => head),
        (leaves) => stack([...leaves]),
      ),
    }),
    embed,
    headLoss,
    loss({ body, head }, set, statistics) {
      const embedding = embed(body, set, statistics);
      return mixedLoss(set, (labels) => headLoss(head, embedding, labels));
    },
    statistics: ({ body }, { inputs }) => stacked.apply(body, inputs).statistics,
  };
}

/**
 * The mean over tasks of their weights, in the form of one task's. How a backbone stacks is its own affair, but repeating is linear, and its
 * derivative sums over tasks.
 */
export function meanOverTasks(
  repeat: StackedClassifier["repeat"],
  weights: StackedNetwork,
  form: Network,
  tasks: number,
): Network {
  const product = (one: Network): Scalar =>
    addN([...leaves(zip(repeat(one, tasks), weights, mul)).values()].map((leaf) => sum(leaf))) as Scalar;
  return map(gradient(product, form), (leaf) => mul(leaf, 1 / tasks));
}
