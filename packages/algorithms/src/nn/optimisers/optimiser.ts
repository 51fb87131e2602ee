import type { TrainingOptions } from "@metabench/core";
import { scalar, tidy, variable } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor1D, Variable } from "@tensorflow/tfjs-core";
import { meanValueAndGradient, valueAndGradient } from "../gradient.ts";
import type { ValueAndGradient } from "../gradient.ts";
import type { Weights } from "../tree.ts";
import { gradientTreatment } from "./gradient-treatment.ts";
import type { TreatmentOptions } from "./gradient-treatment.ts";
import { settleRate } from "./rate.ts";
import type { RateSchedule } from "./rate.ts";
import { softThreshold } from "./soft-threshold.ts";

/** Options of every optimiser. */
export type RateOptions = RateSchedule &
  TreatmentOptions & {
    /** With `l1`, every step is followed by the proximal step of the penalty. */
    readonly training?: Pick<TrainingOptions, "l1">;
  };

/** Moves a tree of variables against gradients. */
export interface Optimiser<W extends Weights> {
  /**
   * All variables of the optimiser itself, for a learner's `state`. A checkpoint with them continues bit for bit. `step` counts updates.
   */
  readonly state: Readonly<Record<string, Variable>>;
  /** Updates made so far. */
  made(): number;
  /** One update against the given gradients. */
  apply(gradients: W): void;
  /** One update against the gradient of a loss. Returns the loss before the update. Other tensors that `loss` makes are freed. */
  minimise(loss: (weights: W) => Scalar): Scalar;
  /** One update against the gradient of the mean of several losses, with memory for one loss at a time. Returns the mean before the update. */
  minimiseMean(losses: readonly ((weights: W) => Scalar)[]): Scalar;
}

/** A step of an optimiser: the gradient over all weights as one vector, how many steps were made, and the rate of this one. */
export type Step = (gradient: Tensor1D, made: number, rate: number) => void;

/** Builds an optimiser from the step that it makes; `state` is what the step remembers. */
export function optimiserOf<W extends Weights>(
  weights: W,
  options: RateOptions,
  state: Readonly<Record<string, Variable>>,
  step: Step,
): Optimiser<W> {
  const updates = variable(scalar(0, "int32"), false);
  const treatment = gradientTreatment(weights, options);
  const rateAt = settleRate(options);
  const l1 = options.training?.l1;
  const updatesMade = (): number => updates.dataSync()[0] ?? 0;
  const apply = (gradients: W): void => {
    const before = updatesMade();
    const made = Math.floor(before / treatment.every);
    treatment.take(gradients, before, (gradient) => {
      // The rate of the first of the updates that make the step: a step over several is where it would be over their images at once.
      const rate = rateAt(made * treatment.every);
      step(gradient, made, rate);
      if (l1 !== undefined) softThreshold(weights, rate * l1);
    });
    updates.assign(scalar(before + 1, "int32"));
  };
  const descend = ({ value, gradient }: ValueAndGradient<W>): Scalar => {
    apply(gradient);
    return value;
  };
  return {
    state: { step: updates, ...state, ...treatment.state },
    made: updatesMade,
    apply: (gradients) => {
      tidy(() => {
        apply(gradients);
      });
    },
    minimise: (loss) => tidy(() => descend(valueAndGradient(loss, weights))),
    minimiseMean: (losses) => tidy(() => descend(meanValueAndGradient(losses, weights))),
  };
}
