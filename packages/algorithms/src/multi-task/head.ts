import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Random } from "@metabench/core";
import { linear, relu, type LinearWeights } from "../nn/index.ts";

/** The two dense layers of {@link head}. */
export type HeadWeights = { readonly hidden: LinearWeights; readonly output: LinearWeights };

/** What stands on a trunk for one task: dense features → features, ReLU, dense features → outputs. */
export const head = {
  initialise: (random: Random, features: number, outputs: number): HeadWeights => ({
    hidden: linear.initialise(random.fork("hidden"), features, features),
    output: linear.initialise(random.fork("output"), features, outputs),
  }),
  /** `[n, features]` → `[n, outputs]`. */
  apply: ({ hidden, output }: HeadWeights, embedding: Tensor2D): Tensor2D =>
    linear.apply(output, relu(linear.apply(hidden, embedding))),
};
