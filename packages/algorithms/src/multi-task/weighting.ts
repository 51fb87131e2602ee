import type { Scalar } from "@tensorflow/tfjs-core";
import { parseOptions, type Random, type Reference, type Variables, type Weights } from "@metabench/core";
import type { z } from "zod";
import type { NetworkWeights } from "./architecture.ts";

/** What a weighting knows while it is made. */
export interface WeightingContext {
  /** Ids of the tasks. Losses, weights and rows of the Jacobian come in this order. */
  readonly tasks: readonly string[];
  /** A random stream for the weighting alone. */
  readonly random: Random;
  /** Shared weights at the start of training: their shapes give the size of a gradient. */
  readonly shared: Weights;
  /** Id of the architecture, for messages. */
  readonly architecture: string;
  /** Title of the weighting, for messages. */
  readonly title: string;
}

/** How far training is when an update is made. */
export interface Moment {
  /** Updates made before this one. */
  readonly step: number;
  /** ⌊images processed / training images⌋, so 0 during the first pass over the training split. */
  readonly epoch: number;
}

/** Everything that a multi-task learner learns: the network and, for some weightings, numbers learned along with it. */
export type LearnedWeights = { readonly network: NetworkWeights; readonly weighting: Weights };

/** The losses of the tasks before an update, in order, and the direction to step against. */
export interface TaskGradient {
  readonly values: readonly Scalar[];
  readonly gradient: LearnedWeights;
}

/** Losses of the tasks on one batch, before and after a step. */
export interface LossChange {
  readonly before: readonly number[];
  readonly now: readonly number[];
}

/** What a weighting may have besides the direction of its updates. */
export interface Memory {
  /** Variables that later updates depend on, all made by `create`. The learner saves and restores them; start their names with `weighting.`. */
  readonly state?: Variables;
  /**
   * Called after the step, for weightings that learn from its effect. Costs one more forward pass of the batch, whose images count once towards
   * the budget: they were drawn once.
   */
  after?(losses: LossChange): void;
}

/** A weighting at work in one learner. `fromLosses`, `fromGramian` and `fromJacobian` make one. */
export interface Update extends Memory {
  /** Start of the numbers that the network's optimiser learns along with the network; `{}` if there are none. */
  readonly learned: Weights;
  gradient(
    losses: (weights: NetworkWeights) => readonly Scalar[],
    learned: LearnedWeights,
    moment: Moment,
  ): TaskGradient;
}

interface Named {
  /** The value of the option `weighting`. */
  readonly id: string;
  /** For a row's name: "Hard sharing, PCGrad". */
  readonly title: string;
  readonly reference: Reference | null;
}

/** How the losses of the tasks, or their gradients, become one update. */
export interface Weighting extends Named {
  /** A strict object with defaults, except where no default makes sense. Its output is part of a trial's identity. */
  readonly options: z.ZodObject;
  /** @throws MetabenchError `invalid-options` for options that the schema or the tasks refuse. */
  create(context: Omit<WeightingContext, "title">, options: unknown): Update;
}

/** Declares a weighting. `create` is given its parsed options. */
export function defineWeighting<O extends z.ZodObject>(
  weighting: Named & {
    readonly options: O;
    create(context: WeightingContext, options: z.output<O>): Update;
  },
): Weighting {
  const { id, title, options: schema } = weighting;
  return {
    ...weighting,
    create: (context, options) =>
      weighting.create({ ...context, title }, parseOptions(`weighting ${id}`, schema, options)),
  };
}
