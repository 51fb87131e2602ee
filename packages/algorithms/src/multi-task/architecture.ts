import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Manifest, MultiTaskBatch, MultiTaskContext, Random, Weights } from "@metabench/core";

/**
 * Weights of a network for several tasks: `shared`, reached by the losses of two tasks or more, and `own`, a tree a task by id, reached
 * by that task's loss alone.
 */
export type NetworkWeights = { readonly shared: Weights; readonly own: Readonly<Record<string, Weights>> };

/** A network for several tasks, as functions of its weights. */
export interface Network {
  initialise(random: Random): NetworkWeights;
  /**
   * Outputs `[n, outputs]` of a task by id, for its own `rows` of the inputs where they are given, else for all of them. What tasks share is
   * computed once, what only one needs when it is asked for.
   */
  forward(weights: NetworkWeights, inputs: Tensor, rows?: MultiTaskBatch["rows"]): (task: string) => Tensor2D;
}

/** How tasks share parameters. Any {@link Weighting} goes with any architecture, save that one on gradients wants shared weights. */
export interface Architecture extends Manifest {
  create(context: Pick<MultiTaskContext, "backbone" | "tasks">): Network;
}
