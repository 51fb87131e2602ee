import type { Json, Losses, ParameterSet, TrainingSetting } from "@metabench/core";

/** A look at the validation split: metrics by name, and the one number that selection compares (higher is better). */
export interface Validation {
  readonly metrics: Readonly<Record<string, number>>;
  readonly score: number;
}

/** A learner bound to the training and validation data of its trial: what the training loop needs to know. */
export interface Learning {
  readonly learner: ParameterSet;
  /** What one update is trained on. */
  readonly training: TrainingSetting;
  /** Images (points) processed by one update; null for a learner that does not train. */
  readonly imagesPerUpdate: number | null;
  /** Draws a batch and trains on it. Runs inside a scope. */
  update(): Losses;
  validate(): Validation;
  /** Frees images that are kept in the backend's memory to be read, until one is wanted again. */
  release(): void;
  /** Where the batches stand, fit for JSON, and back. */
  state(): Json;
  restore(state: Json): void;
}
