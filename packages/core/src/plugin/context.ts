import type { Random } from "../sampling/random.ts";
import type { Backbone } from "./backbone.ts";
import type { TrainingOptions } from "./training-options.ts";

/** Lines that end up in the trial's log. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

/** What every learner may know while it is made. It never gives test data. */
export interface LearnerContext {
  /** A stream of the trial's seed; fork it by name, so that adding a consumer moves no other stream. */
  readonly random: Random;
  /**
   * Aborted by a host that wants a call to end; long loops may look at it, `throwIfAborted` is how to end. No trial aborts it: what
   * computes cannot be told, so a trial's process is ended from outside. An `AbortSignal` fits.
   */
  readonly signal: { readonly aborted: boolean; throwIfAborted(): void };
  readonly log: Logger;
  /** The network that the protocol fixes in the closed division. */
  readonly backbone: Backbone;
  /** What training may cost; schedules may use it. */
  readonly budget: {
    /** Training images (or points) in the whole budget. */
    readonly images: number;
  };
  /**
   * What was asked of training beside the method's own options; `{}` mostly. Hand it to an optimiser of `@metabench/algorithms/nn`, which does
   * what it asks. A trial whose learner looks at none of it is refused rather than recorded under options that moved nothing.
   */
  readonly training: TrainingOptions;
}

/** Height, width and channels of an image, in pixels. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** Context of a few-shot classifier. */
export interface FewShotContext extends LearnerContext {
  readonly task: {
    /** Classes of a test task. A validation task may have fewer: `adapt` goes by its support set's `ways`. */
    readonly ways: number;
    readonly shots: number;
    /** Query images a class in a test episode. */
    readonly queries: number;
    readonly image: ImageShape;
    /** Classes in the training split: labels of labelled images run from 0 to one less. */
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

/** A task whose targets are classes, as a learner sees it. */
export interface ClassTask {
  readonly id: string;
  readonly target: "class";
  readonly classes: number;
  /** Length of a prediction: one logit per class. */
  readonly outputs: number;
}

/** A task whose targets are numbers, as a learner sees it. */
export interface ValuesTask {
  readonly id: string;
  readonly target: "values";
  /** Length of a prediction: the numbers themselves. */
  readonly outputs: number;
  /** Mean and standard deviation of the training targets over all tasks, number by number; networks learn best on that scale. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** A task of a multi-task learner. */
export type TaskSpec = ClassTask | ValuesTask;

/** Context of a multi-task learner. */
export interface MultiTaskContext extends LearnerContext {
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
