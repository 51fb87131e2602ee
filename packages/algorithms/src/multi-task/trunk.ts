import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { MetabenchError, type Backbone, type Weights } from "@metabench/core";
import { leaves } from "../nn/index.ts";

/**
 * Embeds inputs with a backbone that does not normalise over the batch, `[n, …]` → `[n, features]`.
 *
 * @throws MetabenchError `invalid-protocol` for one that does: a prediction would depend on the images beside it.
 */
export function embed(backbone: Backbone, weights: Weights, inputs: Tensor): Tensor2D {
  const { embedding, statistics } = backbone.apply(weights, inputs);
  if (leaves(statistics).size > 0)
    throw new MetabenchError(
      "invalid-protocol",
      "The backbone normalises over the batch, for which multi-task networks keep no running averages; give the protocol one that does not, such as lenet.",
    );
  return embedding;
}
