import { mul, type Scalar, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import type { Backbone, FunctionBatch, Weights } from "@metabench/core";
import { stackedOf } from "../backbones/stacked.ts";
import type { AdaptedTask } from "../few-shot/inner-loop/inner-loop.ts";
import {
  descend,
  gradient,
  linear,
  meanSquaredError,
  repeat,
  stackedLinear,
  type LinearWeights,
  type StackedLinearWeights,
} from "../nn/index.ts";

/** What makes a task of losses: gradients of an order, and steps down them. */
const movement = (order: 1 | 2): Pick<AdaptedTask, "gradient" | "descend"> => ({
  gradient: (loss, weights) => gradient(loss, weights, { order }),
  descend: (loss, weights, rate) => descend(weights, gradient(loss, weights, { order }), rate),
});

/** The functions of a meta-batch, all at once, to be differentiated through: the sum of their losses has the gradient of each. */
export function stackedFunctions(
  backbone: Backbone,
  { inputs, targets }: FunctionBatch,
  order: 1 | 2,
): AdaptedTask {
  const [functions] = inputs.shape;
  const stacked = stackedOf(backbone);
  const embed = (body: Weights) => stacked.apply(body, inputs).embedding;
  const headLoss = (head: Weights, embedding: Tensor) =>
    mul<Scalar>(meanSquaredError(stackedLinear(head as StackedLinearWeights, embedding), targets), functions);
  return {
    body: (meta) => stacked.repeat(meta, functions),
    head: (meta) => repeat(meta, functions),
    embed,
    headLoss,
    loss: ({ body, head }) => headLoss(head, embed(body)),
    ...movement(order),
  };
}

/** One function's support points, outside any meta-gradient. */
export function singleFunction(
  backbone: Backbone,
  { inputs, targets }: { readonly inputs: Tensor2D; readonly targets: Tensor2D },
): AdaptedTask {
  const embed = (body: Weights) => backbone.apply(body, inputs).embedding;
  const headLoss = (head: Weights, embedding: Tensor) =>
    meanSquaredError(linear.apply(head as LinearWeights, embedding as Tensor2D), targets);
  return {
    body: (meta) => meta,
    head: (meta) => meta,
    embed,
    headLoss,
    loss: ({ body, head }) => headLoss(head, embed(body)),
    ...movement(1),
  };
}
