import { addN, mul, scalar, stack } from "@tensorflow/tfjs-core";
import type { Scalar } from "@tensorflow/tfjs-core";
import { MetabenchError, type Weights } from "@metabench/core";
import { valueAndGradient } from "../nn/index.ts";
import type { LearnedWeights, Memory, Moment, Update, WeightingContext } from "./weighting.ts";

/** What one loss is made of, besides the losses of the tasks. */
export interface LossMoment<W extends Weights> extends Moment {
  /** The losses as numbers. */
  readonly values: readonly number[];
  /** The current state of the numbers that are learned along with the network. */
  readonly learned: W;
}

/** A weighting that makes one loss of the losses of the tasks. */
export interface OnLosses<W extends Weights> extends Memory {
  /** Start of the numbers that the network's optimiser learns along with the network. */
  readonly learned?: W;
  /** One loss, differentiable in the losses of the tasks and in `learned`. */
  combine(losses: readonly Scalar[], moment: LossMoment<W>): Scalar;
}

/**
 * Updates along the gradient of the one loss that `combine` makes, for all parameters, shared or not.
 *
 * @throws MetabenchError `not-finite` from an update that makes no finite loss of finite losses.
 */
export function fromLosses<W extends Weights = Record<string, never>>(
  { title }: WeightingContext,
  { learned: start = {} as W, combine, ...memory }: OnLosses<W>,
): Update {
  return {
    ...memory,
    learned: start,
    gradient(losses, learned, moment) {
      // Tensors made inside a gradient end with it, so the losses leave as numbers.
      let values: readonly number[] = [];
      const { value, gradient } = valueAndGradient(({ network, weighting }: LearnedWeights) => {
        const each = losses(network);
        values = [...stack([...each]).dataSync()];
        return combine(each, { ...moment, values, learned: weighting as W });
      }, learned);
      const combined = value.dataSync()[0];
      if (!Number.isFinite(combined) && values.every(Number.isFinite))
        throw new MetabenchError(
          "not-finite",
          `${title} made one loss of ${String(combined)} out of the task losses ${values.join(", ")} at update ${String(moment.step + 1)}. Choose another weighting, or other options of this one.`,
        );
      return { values: values.map((each) => scalar(each)), gradient };
    },
  };
}

/** Σ wᵢ Lᵢ for weights that are constant in this update. */
export const weightedSum = (losses: readonly Scalar[], weights: readonly number[]): Scalar =>
  addN(losses.map((loss, task) => mul<Scalar>(loss, weights[task] ?? NaN)));
