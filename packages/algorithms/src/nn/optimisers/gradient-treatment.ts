import { add, mul, variable, zeros, zerosLike } from "@tensorflow/tfjs-core";
import type { Tensor1D, Variable } from "@tensorflow/tfjs-core";
import type { TrainingOptions } from "@metabench/core";
import type { Weights } from "../tree.ts";
import { clipToNorm, flatSize, flatten } from "./flat.ts";

/** What becomes of a gradient before it is stepped along. */
export interface TreatmentOptions {
  /** Gradients whose norm over all weights together is longer are scaled to this length. */
  readonly clipNorm?: number;
  /** Their `clipNorm` replaces the method's own; `accumulate` averages the gradients of several updates into one step. */
  readonly training?: Pick<TrainingOptions, "clipNorm" | "accumulate">;
}

/** Makes of the gradients of updates those of steps. */
export interface GradientTreatment<W extends Weights> {
  /** Updates a step. */
  readonly every: number;
  /** The sum of the gradients of a step that is not complete. */
  readonly state: Readonly<Record<string, Variable>>;
  /** Takes in the gradient of an update, counted from 0; `move` gets that of the step which it completes, if it does. */
  take(gradients: W, update: number, move: (gradient: Tensor1D) => void): void;
}

/**
 * The one place where gradients are treated, whatever the optimiser: the mean over the updates of a step, shortened to the norm asked for.
 */
export function gradientTreatment<W extends Weights>(
  weights: W,
  { clipNorm: own, training }: TreatmentOptions,
): GradientTreatment<W> {
  const { clipNorm = own, accumulate: every = 1 } = training ?? {};
  const sum = every > 1 ? variable(zeros([flatSize(weights)]) as Tensor1D, false) : undefined;
  const treated = (gradient: Tensor1D): Tensor1D => clipToNorm(gradient, clipNorm);
  return {
    every,
    state: { ...(sum && { accumulated: sum }) },
    take(gradients, update, move) {
      const gradient = flatten(gradients);
      if (sum === undefined) {
        move(treated(gradient));
        return;
      }
      sum.assign(add(sum, gradient));
      if ((update + 1) % every > 0) return;
      move(treated(mul(sum, 1 / every)));
      sum.assign(zerosLike(sum));
    },
  };
}
