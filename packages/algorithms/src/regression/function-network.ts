import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { Backbone, Random, Weights } from "@metabench/core";
import { stackedOf } from "../backbones/stacked.ts";
import { linear, repeat, stackedLinear, type LinearWeights, type StackedLinearWeights } from "../nn/index.ts";

/** A backbone and a dense layer to the outputs of a function. */
export type FunctionWeights = { readonly body: Weights; readonly head: LinearWeights };

/** Weights of several functions at once. */
export type StackedFunctionWeights = { readonly body: Weights; readonly head: Weights };

/** A network that approximates a function, or several at once, each with weights of its own. */
export interface FunctionNetwork {
  initialise(random: Random): FunctionWeights;
  /** `[n, inputs]` → `[n, outputs]`. */
  apply(weights: FunctionWeights, inputs: Tensor2D): Tensor2D;
  readonly stacked: {
    /** The same weights for each of `functions`. */
    repeat(weights: FunctionWeights, functions: number): StackedFunctionWeights;
    /** `[functions, n, inputs]` → `[functions, n, outputs]`. */
    apply(weights: StackedFunctionWeights, inputs: Tensor3D): Tensor3D;
  };
}

/** The network that a regression protocol's backbone makes. */
export function functionNetwork(backbone: Backbone, outputs: number): FunctionNetwork {
  const stacked = stackedOf(backbone);
  return {
    initialise: (random) => ({
      body: backbone.initialise(random.fork("body")),
      head: linear.initialise(random.fork("head"), backbone.features, outputs),
    }),
    apply: ({ body, head }, inputs) => linear.apply(head, backbone.apply(body, inputs).embedding),
    stacked: {
      repeat: ({ body, head }, functions) => ({
        body: stacked.repeat(body, functions),
        head: repeat(head, functions),
      }),
      apply: ({ body, head }, inputs) =>
        stackedLinear(head as StackedLinearWeights, stacked.apply(body, inputs).embedding) as Tensor3D,
    },
  };
}
