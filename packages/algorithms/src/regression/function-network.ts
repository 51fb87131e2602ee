import type { Tensor } from "@tensorflow/tfjs-core";
import type { Backbone, Random, Weights } from "@metabench/core";
import { stackedLinear } from "../backbones/stacked-linear.ts";
import { linear, type LinearWeights } from "../nn/index.ts";

/** A backbone and a dense layer to the outputs of a function. */
export type FunctionWeights = { readonly body: Weights; readonly head: LinearWeights };

/** A network that approximates a function, or a stack of functions each with weights of its own. */
export interface FunctionNetwork {
  initialise(random: Random): FunctionWeights;
  /** `[n, inputs]` → `[n, outputs]`, or, with weights stacked a function, `[functions, n, inputs]` → `[functions, n, outputs]`. */
  apply<T extends Tensor>(weights: FunctionWeights, inputs: T): T;
}

/** The network that a regression protocol's backbone makes. */
export function functionNetwork(backbone: Backbone, outputs: number): FunctionNetwork {
  return {
    initialise: (random) => ({
      body: backbone.initialise(random.fork("body")),
      head: linear.initialise(random.fork("head"), backbone.features, outputs),
    }),
    apply: <T extends Tensor>({ body, head }: FunctionWeights, inputs: T) =>
      stackedLinear(head, backbone.apply(body, inputs).embedding) as T,
  };
}
