import type { Scalar } from "@tensorflow/tfjs-core";
import type { Random, Variables, Weights } from "@metabench/core";
import type { NetworkWeights } from "./architecture.ts";
import { updateOnGramian } from "./update-on-gramian.ts";
import { updateOnLosses } from "./update-on-losses.ts";
import type { Weighting } from "./weighting.ts";

/** Everything a multi-task learner learns: the network and, for some weightings, the weights of the tasks. */
export type LearnedWeights = { readonly network: NetworkWeights; readonly weighting: Weights };

/** The losses of the tasks before an update, in order, and the direction to step against. */
export interface TaskGradient {
  readonly values: readonly Scalar[];
  readonly gradient: LearnedWeights;
}

/** A weighting at work: from the losses of the tasks to one gradient. */
export interface Update {
  /** What the weighting learns, for so many tasks. */
  initialise(tasks: number): Weights;
  /** What the weighting remembers besides. */
  readonly state: Variables;
  gradient(losses: (weights: NetworkWeights) => readonly Scalar[], learned: LearnedWeights): TaskGradient;
}

/** Puts a weighting to work with a random stream of its own. */
export function updateOf(weighting: Weighting, random: Random): Update {
  return weighting.uses === "losses" ? updateOnLosses(weighting) : updateOnGramian(weighting, random);
}
