import { scalar, stack } from "@tensorflow/tfjs-core";
import { valueAndGradient } from "../nn/index.ts";
import type { LearnedWeights, Update } from "./update.ts";
import type { LossWeighting } from "./weighting.ts";

/** One gradient of the one loss that the weighting makes. */
export function updateOnLosses({ initialise, combine }: LossWeighting): Update {
  return {
    initialise,
    state: {},
    gradient(losses, learned) {
      // Tensors made inside a gradient end with it, so the losses leave as numbers.
      let values = new Float32Array();
      const { gradient } = valueAndGradient(({ network, weighting }: LearnedWeights) => {
        const each = losses(network);
        values = Float32Array.from(stack([...each]).dataSync());
        return combine(each, weighting);
      }, learned);
      return { values: [...values].map((value) => scalar(value)), gradient };
    },
  };
}
