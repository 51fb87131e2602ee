import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { slice } from "@tensorflow/tfjs-core";
import type { Backbone, SupportSet, Weights } from "@metabench/core";
import { crossEntropy, descendLoss, gradient, linear, type LinearWeights } from "../../nn/index.ts";
import type { Network, StackedClassifier, StackedNetwork, StackedSet } from "./stacked-classifier.ts";

/**
 * What adaptation may ask of a task of any kind: one, or a meta-batch of them stacked. In the form of a meta-batch every tensor of weights
 * holds each task's own, and losses are sums over tasks, so that their gradients are each task's.
 */
export interface AdaptedTask {
  /** A meta-learned body, or a tree of its form, as the task's own; differentiable. */
  body(meta: Weights): Weights;
  /** A meta-learned head, or a tree of its form, as the task's own; without its last outputs where the task has fewer ways. */
  head(meta: LinearWeights): Weights;
  /** The support set's embeddings, `[n, features]` or `[tasks, n, features]`. */
  embed(body: Weights): Tensor;
  /** The loss on the support set, given its embeddings: cross-entropy, or squared error. */
  headLoss(head: Weights, embedding: Tensor): Scalar;
  /** The loss on the support set. */
  loss(weights: StackedNetwork): Scalar;
  /** A loss's gradient, of the order that an enclosing meta-gradient is to see. */
  gradient<W extends Weights>(loss: (weights: W) => Scalar, weights: W): W;
  /** One step of gradient descent down a loss, differentiated like {@link InnerTask.gradient}. */
  descend<W extends Weights>(loss: (weights: W) => Scalar, weights: W, rate: number): W;
}

/** Further inputs of adaptation in classification. */
export interface InnerTask extends AdaptedTask {
  /** How many tasks are stacked. */
  readonly tasks: number;
  readonly ways: number;
  readonly shots: number;
  /** Labels of the support set, `[n]` or `[tasks · n]`, task by task. */
  readonly labels: Tensor1D;
  /** A network of its own for each task, as one; differentiable. */
  join(networks: readonly Network[]): StackedNetwork;
}

/** Where adaptation starts, and its next step; `at` counts from 0. What is written once serves a single task and a meta-batch. */
export type InnerLoop<M, T extends AdaptedTask = InnerTask> = (
  meta: M,
  task: T,
) => {
  readonly start: StackedNetwork;
  step(weights: StackedNetwork, at: number): StackedNetwork;
  /** A term of the outer loss beside the mean query loss, for parts of adaptation that learn from the support set. */
  penalty?(): Scalar;
};

/** A task's own copy of a meta-learned network: the usual start. */
export const ownNetwork = ({ body, head }: Network, task: AdaptedTask): StackedNetwork => ({
  body: task.body(body),
  head: task.head(head),
});

/** A meta-batch of tasks, all at once, to be differentiated through. */
export function stackedTask(
  classifier: StackedClassifier,
  support: StackedSet,
  { tasks, ways, shots }: { readonly tasks: number; readonly ways: number; readonly shots: number },
  order: 1 | 2,
): InnerTask {
  return {
    tasks,
    ways,
    shots,
    labels: support.labels,
    join: (networks) => classifier.join(networks),
    body: (meta) => classifier.repeatBody(meta, tasks),
    head: (meta) => classifier.repeatHead(meta, tasks),
    embed: (body) => classifier.embed(body, support),
    headLoss: (head, embedding) => classifier.headLoss(head, embedding, support.labels),
    loss: (weights) => classifier.loss(weights, support),
    gradient: (loss, weights) => gradient(loss, weights, { order }),
    descend: (loss, weights, rate) => descendLoss(loss, weights, rate, { order }),
  };
}

/** The head without its outputs beyond `ways`: validation may have fewer classes than a test task. */
export const narrowed = ({ kernel, bias }: LinearWeights, ways: number): LinearWeights =>
  kernel.shape[1] === ways
    ? { kernel, bias }
    : { kernel: slice(kernel, [0, 0], [-1, ways]), bias: slice(bias, [0], [ways]) };

/** A single task, outside any meta-gradient. */
export function singleTask(backbone: Backbone, { inputs, labels, ways, shots }: SupportSet): InnerTask {
  const embed = (body: Weights) => backbone.apply(body, inputs).embedding;
  const headLoss = (head: Weights, embedding: Tensor) =>
    crossEntropy(linear.apply(head as LinearWeights, embedding as Tensor2D), labels);
  return {
    tasks: 1,
    ways,
    shots,
    labels,
    join([only]) {
      if (only === undefined) throw new RangeError("There is no network to join; give the task's own.");
      return only;
    },
    body: (meta) => meta,
    head: (meta) => narrowed(meta, ways),
    embed,
    headLoss,
    loss: ({ body, head }) => headLoss(head, embed(body)),
    gradient,
    descend: descendLoss,
  };
}
