import { matMul, tensor2d } from "@tensorflow/tfjs-core";
import { MetabenchError } from "@metabench/core";
import { fromJacobian, type GradientMoment } from "./from-jacobian.ts";
import { gramianOf, type Gramian } from "./gramian.ts";
import type { Memory, Update, WeightingContext } from "./weighting.ts";

/** A weighting that weighs the gradients g₁ … g_T of the shared parameters by their inner products alone. */
export interface OnGramian extends Memory {
  /** Returns w₁ … w_T: shared parameters step against Σ wᵢ gᵢ. */
  weights(gramian: Gramian, moment: GradientMoment): readonly number[];
}

/**
 * Updates shared parameters along Jᵀw, with w from the Gramian J Jᵀ, and each task's own along the gradient of its own loss.
 *
 * @throws MetabenchError `invalid-options` for an architecture that shares nothing; `not-finite` from an update whose Gramian or weights are
 *   not finite.
 */
export function fromGramian(context: WeightingContext, { weights, ...memory }: OnGramian): Update {
  return fromJacobian(context, {
    ...memory,
    direction(jacobian, moment) {
      const found = weights(gramianOf(jacobian, context), moment);
      if (!found.every(Number.isFinite))
        throw new MetabenchError(
          "not-finite",
          `${context.title} gave the weights ${found.join(", ")} to the tasks ${context.tasks.join(", ")} at update ${String(moment.step + 1)}. Choose another weighting, or other options of this one.`,
        );
      const row = tensor2d([...found], [1, found.length]);
      return jacobian.map((piece) => matMul(row, piece));
    },
  });
}
