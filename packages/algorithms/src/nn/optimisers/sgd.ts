import { add, mul, sub, variable, zeros } from "@tensorflow/tfjs-core";
import type { Variable } from "@tensorflow/tfjs-core";
import type { Weights } from "../tree.ts";
import { assignFlat, flatSize, flatten } from "./flat.ts";
import { optimiserOf } from "./optimiser.ts";
import type { Optimiser, RateOptions } from "./optimiser.ts";

/** Options of {@link sgd}. */
export interface SgdOptions extends RateOptions {
  /** How much of the last step's direction is kept. Default 0. */
  readonly momentum?: number;
  /** The share of every weight that is added to its gradient. Default 0. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent with momentum and weight decay, in PyTorch's form: v ← momentum · v + g + decay · w; w ← w − rate · v.
 * https://pytorch.org/docs/stable/generated/torch.optim.SGD.html
 */
export function sgd<W extends Weights>(weights: W, options: SgdOptions): Optimiser<W> {
  const { momentum = 0, weightDecay = 0 } = options;
  const velocity =
    momentum === 0 ? undefined : variable(zeros([flatSize(weights)]) as ReturnType<typeof flatten>, false);
  const state: Record<string, Variable> = { ...(velocity && { velocity }) };

  return optimiserOf<W>(weights, options, state, (gradient, _, rate) => {
    const before = flatten(weights);
    let direction = gradient;
    if (weightDecay !== 0) direction = add(direction, mul(before, weightDecay));
    if (velocity) {
      velocity.assign(add(mul(velocity, momentum), direction));
      direction = velocity;
    }
    assignFlat(weights, sub(before, mul(direction, rate)));
  });
}
