import type { Scalar } from "@tensorflow/tfjs-core";
import type { Random, Reference, Weights } from "@metabench/core";

/** What every weighting says of itself. */
interface Named {
  /** The value of the option `weighting`. */
  readonly id: string;
  /** For a row's name: "Hard sharing, PCGrad". */
  readonly title: string;
  readonly reference: Reference | null;
}

/** Makes one loss of the losses of the tasks; what it learns is learned along with the network. */
export interface LossWeighting<W extends Weights = Weights> extends Named {
  readonly uses: "losses";
  /** What it learns, for so many tasks; `{}` if nothing. */
  initialise(tasks: number): W;
  combine(losses: readonly Scalar[], weights: W): Scalar;
}

/**
 * Weighs the gradients g₁ … g_T of the shared parameters by their inner products alone: the update of the shared parameters is Σ wᵢ gᵢ,
 * that of a task's own parameters the gradient of its own loss.
 */
export interface GramianWeighting extends Named {
  readonly uses: "gramian";
  /** `gramian[i][j]` = ⟨gᵢ, gⱼ⟩; returns w. */
  weights(gramian: readonly (readonly number[])[], random: Random): readonly number[];
}

/** How the losses of the tasks, or their gradients, become one update. */
export type Weighting = LossWeighting | GramianWeighting;
