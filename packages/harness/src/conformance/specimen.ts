import type { Adaptation, ParameterSet } from "@metabench/core";
import type { Learning, TrackedRandom } from "../learner/index.ts";
import type { Held } from "./held.ts";

/** What a learner is made with, where a check needs another than the usual. */
export interface Making {
  /** Of the plugin's random streams; 0 by default. Data and batches stay the same. */
  readonly seed?: number;
  /** Support examples a class (a function); the setting's usual by default. */
  readonly shots?: number;
}

/** What a learner is asked; everything has a default. */
export interface Asking {
  /** Which test task, 0 or 1. Multi-task learners have other images to predict instead. */
  readonly task?: number;
  /** Positions of the support examples within their class (of the support points), in the order in which they are given. */
  readonly supportOrder?: readonly number[];
  /** Classes of the task in the order in which they get the labels 0, 1, … Fewer than five make a task of fewer ways. */
  readonly classOrder?: readonly number[];
  /** Positions of the queries, in the order in which they are asked; all by default. */
  readonly queries?: readonly number[];
  /** Adaptation steps that are looked at beside the headline, which is always among them; one that is not reached has no answer. */
  readonly steps?: readonly number[];
}

/** Predictions `[rows, columns]` of one adaptation step or one task, or embeddings. */
export interface Answer {
  /** Of logits the margins between classes say something, of features (outputs, embeddings) each column by itself. */
  readonly kind: "logits" | "features";
  /** "step 5", "task row" or "embeddings". */
  readonly of: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  /** What was held before the prediction was made. */
  readonly heldBefore: Held;
}

/** A learner of a plugin in its setting, with tiny data. */
export interface Specimen {
  readonly learner: ParameterSet & Pick<Partial<Adaptation>, "dependsOn">;
  readonly learning: Learning;
  /** The learner's own random streams. */
  readonly streams: TrackedRandom;
  /** Ids of the tasks that it learns together; null where it meets them one by one. */
  readonly tasks: readonly string[] | null;
  /** Queries of a test task. */
  readonly queries: number;
  /** The step of the headline, and the steps of a curve that reaches it; null where nothing is adapted. */
  readonly adaptation: { readonly headline: number; readonly curve: readonly number[] } | null;
  /**
   * Predictions, checked for shape and finite values.
   *
   * @throws MetabenchError `contract-broken`, `not-finite`
   */
  ask(asking?: Asking): readonly Answer[];
  /** Embeddings of some queries of test task 0, all by default; null for a learner without an encoder. */
  encode(queries?: readonly number[]): Answer | null;
  /** Begins to adapt to test task 0, and leaves after the first predictor; multi-task learners have nothing to leave. */
  leave(): void;
  /** Frees the images that are kept to be read. */
  release(): void;
  /** Aborts the signal that the plugin was given. */
  abort(): void;
}
