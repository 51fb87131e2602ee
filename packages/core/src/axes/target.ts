import type { MetricId } from "../metrics/definition.ts";

/** Facts about a kind of target that shared code asks. */
export interface TargetFacts {
  readonly title: string;
  /** Whether a prediction is one of finitely many labels. */
  readonly classes: boolean;
  /** The metrics that a prediction of it has. */
  readonly metrics: readonly MetricId[];
  /** What a target is, for lists and documentation. */
  readonly summary: string;
}

/** The kinds of target a task may have. */
export const targets = {
  class: {
    title: "Class",
    classes: true,
    metrics: ["accuracy", "precision", "recall", "f1", "negativeLogLikelihood", "calibrationError"],
    summary: "An integer label from 0 to classes − 1. A learner predicts one logit per class.",
  },
  values: {
    title: "Values",
    classes: false,
    metrics: ["meanSquaredError", "explainedVariance", "rootMeanSquaredError", "meanAbsoluteError"],
    summary: "One or several numbers. A learner predicts the numbers themselves.",
  },
} as const satisfies Record<string, TargetFacts>;

/** A kind of target. */
export type Target = keyof typeof targets;

/** All kinds of target, in the order in which they are listed. */
export const targetIds = Object.keys(targets) as Target[];
