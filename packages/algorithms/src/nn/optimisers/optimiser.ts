import { tidy } from "@tensorflow/tfjs-core";
import type { Scalar, Variable } from "@tensorflow/tfjs-core";
import { meanValueAndGradient, valueAndGradient } from "../gradient.ts";
import type { ValueAndGradient } from "../gradient.ts";
import type { Weights } from "../tree.ts";

/** How fast to learn. */
export interface RateOptions {
  /** The learning rate. */
  readonly rate: number;
  /** A factor on the rate for the step about to be made, counted from 0. */
  readonly schedule?: (step: number) => number;
  /** Gradients whose norm over all weights together is longer are scaled to this length. */
  readonly clipNorm?: number;
}

/** Moves a tree of variables against gradients. */
export interface Optimiser<W extends Weights> {
  /** Everything besides the variables that the next step depends on; saved and restored, training goes on bit for bit. */
  readonly state: Readonly<Record<string, Variable>>;
  /** One step along the given gradients. They are left to the caller's scope. */
  apply(gradients: W): void;
  /** One step down the loss; returns the loss before the step, owned by the caller's scope. */
  minimise(loss: (weights: W) => Scalar): Scalar;
  /** One step down the mean of several losses, holding one loss's tape at a time; returns the mean before the step. */
  minimiseMean(losses: readonly ((weights: W) => Scalar)[]): Scalar;
}

/** Builds an optimiser from the way it applies gradients. */
export function optimiserOf<W extends Weights>(
  weights: W,
  state: Readonly<Record<string, Variable>>,
  apply: (gradients: W) => void,
): Optimiser<W> {
  const descend = ({ value, gradient }: ValueAndGradient<W>): Scalar => {
    apply(gradient);
    return value;
  };
  return {
    state,
    apply: (gradients) => {
      tidy(() => {
        apply(gradients);
      });
    },
    minimise: (loss) => tidy(() => descend(valueAndGradient(loss, weights))),
    minimiseMean: (losses) => tidy(() => descend(meanValueAndGradient(losses, weights))),
  };
}
