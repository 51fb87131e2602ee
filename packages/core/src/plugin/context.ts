import type { Random } from "../sampling/random.ts";
import type { Backbone } from "./backbone.ts";
import type { TrainingOptions } from "./training-options.ts";

/** Writes lines to the trial's log. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

/** What `create` receives, whatever the regime. It contains no test data; there is no sandbox, so a plugin could still read them from the disk. */
export interface LearnerContext {
  /** The random stream of the trial's seed. Fork it by name: then a new use does not change the numbers of other uses. */
  readonly random: Random;
  /**
   * Any `AbortSignal`. Long loops may call `throwIfAborted()`. Trials never abort it: synchronous work cannot notice, so the harness
   * kills the process instead.
   */
  readonly signal: { readonly aborted: boolean; throwIfAborted(): void };
  /** `log.info(text)` and `log.warn(text)`. The record of a failed trial keeps the last 40 lines. */
  readonly log: Logger;
  /** The protocol's network. In the open division `--backbone` may replace it. */
  readonly backbone: Backbone;
  /** The training budget, for schedules. */
  readonly budget: {
    /** Training examples in the whole budget, whatever the kind of input: images, points or vectors. */
    readonly examples: number;
    /** The same number as `examples`, under its former name. Existing plugins may keep it; new ones use `examples`. */
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
    /** Support images per class of a test episode. */
    readonly shots: number;
    /** Query images per class of a test episode. */
    readonly queries: number;
    /** Height, width and channels of an image. */
    readonly image: ImageShape;
    /** Classes in the training split. Labels of labelled images run from 0 to trainingClasses − 1. */
    readonly trainingClasses: number;
  };
}

/** Context of a few-shot regressor. */
export interface RegressionContext extends LearnerContext {
  readonly task: {
    /** Length of an input. */
    readonly inputs: number;
    /** Length of an output. */
    readonly outputs: number;
    /** Support points of a test function. */
    readonly shots: number;
    /** Query points of a test function. */
    readonly queries: number;
  };
}

/** A task whose targets are classes, as a learner sees it. */
export interface ClassTask {
  /** The task's name, a key of `targets`. */
  readonly id: string;
  /** Targets are classes. */
  readonly target: "class";
  /** Targets run from 0 to classes − 1. */
  readonly classes: number;
  /** Length of a prediction: one logit per class. */
  readonly outputs: number;
}

/** A task whose targets are numbers, as a learner sees it. */
export interface ValuesTask {
  /** The task's name, a key of `targets`. */
  readonly id: string;
  /** Targets are numbers. */
  readonly target: "values";
  /** Length of a prediction: the numbers themselves. */
  readonly outputs: number;
  /** Mean and standard deviation of the training targets over all tasks, number by number; networks learn best on that scale. */
  readonly mean: readonly number[];
  /** See `mean`. */
  readonly deviation: readonly number[];
}

/** A task of a multi-task learner. */
export type TaskSpec = ClassTask | ValuesTask;

/** Context of a multi-task learner. */
export interface MultiTaskContext extends LearnerContext {
  /** The tasks: each classification (`target: "class"`) or numbers (`target: "values"`). */
  readonly tasks: readonly TaskSpec[];
  /** Shape of one input: `[height, width, channels]` of images, `[features]` of vectors. */
  readonly inputShape: readonly number[];
  /** Examples in the training split; where tasks have examples of their own, of all tasks together. */
  readonly trainingExamples: number;
  /**
   * True where tasks have examples of their own: a batch then has `rows`. False where every example has a target for every task.
   */
  readonly ownExamples: boolean;
}
