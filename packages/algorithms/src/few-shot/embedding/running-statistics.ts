import { add, mul } from "@tensorflow/tfjs-core";
import type { Variable } from "@tensorflow/tfjs-core";
import type { Variables, Weights } from "@metabench/core";
import { map, named, stopGradient, variables, zip } from "../../nn/index.ts";

/** Averages of a backbone's normalisation statistics over the batches of training. */
export interface RunningStatistics {
  /** The averages, in the form that `Backbone.apply` takes. */
  readonly average: Weights;
  /** The same as variables by path, for a learner's `state`. */
  readonly state: Variables;
  /** Takes in a batch's statistics, with this momentum where not the usual one; no gradient flows through. */
  update(batch: Weights, momentum?: number): void;
}

/**
 * Exponential running averages, a ← (1 − momentum) · a + momentum · batch, from `initial` on. Ioffe, Szegedy 2015, section 3.1, in
 * PyTorch's form with its momentum of 0.1. https://arxiv.org/abs/1502.03167
 */
export function runningStatistics(initial: Weights, usual = 0.1): RunningStatistics {
  const average: Weights = variables(initial, { trainable: false });
  return {
    average,
    state: named(average, "statistics."),
    update(batch, momentum = usual) {
      zip(average, map(batch, stopGradient), (running, current) => {
        (running as Variable).assign(add(mul(running, 1 - momentum), mul(current, momentum)));
        return running;
      });
    },
  };
}
