import type { Random } from "../sampling/random.ts";
import type { Backbone } from "./backbone.ts";
import type { TrainingOptions } from "./training-options.ts";

/** Writes lines to the trial's log. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

/** What `create` receives, whatever the regime. It contains no test data. */
export interface LearnerContext {
  /** The random stream of the trial's seed. Fork it by name: then a new use does not change the numbers of other uses. */
  readonly random: Random;
  /**
   * Any `AbortSignal`. Long loops may call `throwIfAborted()`. Trials never abort it: synchronous work cannot notice, so the harness
   * kills the process instead.
   */
  readonly signal: { readonly aborted: boolean; throwIfAborted(): void };
  readonly log: Logger;
  /** The protocol's network. In the open division `--backbone` may replace it. */
  readonly backbone: Backbone;
  /** The training budget, for schedules. */
  readonly budget: {
    /** Training images (or points) in the whole budget. */
    readonly images: number;
  };
  /**
   * Options from `--training`, usually `{}`. Pass them to `adam` or `sgd` of `@metabench/algorithms/nn`. A learner that ignores them fails
   * the trial, so no record lists an option without effect.
   */
  readonly training: TrainingOptions;
}

/** Height, width and channels of an image, in pixels. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** Context of a few-shot classifier. */
export interface FewShotContext extends LearnerContext {
  readonly task: {
    /** Classes per test task. Validation tasks may have fewer, so `adapt` must read `ways` from its support set. */
    readonly ways: number;
    readonly shots: number;
    /** Query images per class of a test episode. */
    readonly queries: number;
    readonly image: ImageShape;
    /** Classes in the training split. Labels of labelled images run from 0 to trainingClasses − 1. */
    readonly trainingClasses: number;
  };
}

/** Context of a few-shot regressor. */
export interface RegressionContext extends LearnerContext {
  readonly task: {
    readonly inputs: number;
    readonly outputs: number;
    readonly shots: number;
    readonly queries: number;
  };
}

/** A task of a multi-task data set. */
export interface TaskSpec {
  readonly id: string;
  readonly kind: "classification";
  readonly classes: number;
}

/** Context of a multi-task learner. */
export interface MultiTaskContext extends LearnerContext {
  readonly tasks: readonly TaskSpec[];
  readonly image: ImageShape;
  /** Examples in the training split. */
  readonly trainingExamples: number;
}
