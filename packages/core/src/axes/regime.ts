import type { MetricId } from "../metrics/definition.ts";
import type { Target } from "./target.ts";

/** Facts about a regime that shared code asks. */
export interface RegimeFacts {
  readonly title: string;
  /** What a score is the mean over, beside seeds. */
  readonly item: "test episodes" | "test examples";
  /** What one timing of prediction answers. */
  readonly timed: "per task" | "per batch";
  /** Whether a learner adapts to a support set in testing, so that there is an adaptation curve. */
  readonly adapts: boolean;
  /** Whether parameters are selected by the gain over the reference trial. */
  readonly selectsAgainstReference: boolean;
  /** The metric that tables are sorted by, for each kind of target. */
  readonly headline: Readonly<Record<Target, MetricId>>;
  /** The algorithm that learns each task alone, per kind of target; null where there is none. */
  readonly reference: Readonly<Record<Target, string | null>>;
  /** How tasks are met, for lists and documentation. */
  readonly summary: string;
}

/** The ways in which tasks are met. */
export const regimes = {
  "few-shot": {
    title: "Few-shot learning",
    item: "test episodes",
    timed: "per task",
    adapts: true,
    selectsAgainstReference: false,
    headline: { class: "accuracy", values: "meanSquaredError" },
    reference: { class: "from-scratch", values: null },
    summary: "A learner meets many small tasks in training and adapts to new ones from a few examples.",
  },
  "multi-task": {
    title: "Multi-task learning",
    item: "test examples",
    timed: "per batch",
    adapts: false,
    selectsAgainstReference: true,
    headline: { class: "accuracy", values: "explainedVariance" },
    reference: { class: "single-task", values: "single-task" },
    summary: "A learner trains all tasks together and is tested once on each of them.",
  },
} as const satisfies Record<string, RegimeFacts>;

/** A way in which tasks are met. */
export type Regime = keyof typeof regimes;

/** All regimes, in the order in which they are listed. */
export const regimeIds = Object.keys(regimes) as Regime[];
