import type { Direction } from "./direction.ts";

/** A metric of a trial: how it is named, read and shown. Records, rows, CSV, columns and methodology follow from this list. */
export interface MetricDefinition {
  /** The name under which a record's `metrics` hold it. */
  readonly name: string;
  /** Heading of its column. */
  readonly title: string;
  /** `share`: 0 … 1, shown in percent. */
  readonly unit: "share" | "squared units" | "units" | "nats";
  readonly direction: Direction;
  /** Least and greatest possible value; an interval ends there. */
  readonly bounds: readonly [low: number, high: number];
  /** Anchor of its definition on the methodology page. */
  readonly anchor: string;
  /** Its definition in one sentence. */
  readonly definition: string;
}

const share = { unit: "share", bounds: [0, 1] } as const;

/** Every metric that a target may have. */
export const metricDefinitions = {
  accuracy: {
    ...share,
    name: "accuracy",
    title: "Accuracy",
    direction: "higher",
    anchor: "accuracy",
    definition: "Share of the predictions that equal their label.",
  },
  precision: {
    ...share,
    name: "macro precision",
    title: "Precision",
    direction: "higher",
    anchor: "precision-recall-f1",
    definition:
      "Mean over classes of the share of a class's predictions that are right; 0 for a class never predicted.",
  },
  recall: {
    ...share,
    name: "macro recall",
    title: "Recall",
    direction: "higher",
    anchor: "precision-recall-f1",
    definition: "Mean over classes of the share of a class's examples that are found.",
  },
  f1: {
    ...share,
    name: "macro F1",
    title: "F1",
    direction: "higher",
    anchor: "precision-recall-f1",
    definition: "Mean over classes of the harmonic mean of precision and recall.",
  },
  negativeLogLikelihood: {
    name: "negative log-likelihood",
    title: "Negative log-likelihood",
    unit: "nats",
    direction: "lower",
    bounds: [0, Infinity],
    anchor: "negative-log-likelihood",
    definition:
      "Mean over predictions of minus the logarithm of the probability that the method gave to the right label.",
  },
  calibrationError: {
    ...share,
    name: "expected calibration error",
    title: "Calibration error",
    direction: "lower",
    anchor: "calibration-error",
    definition:
      "Predictions are sorted by confidence into 15 bins of equal width; the mean over predictions of the gap between accuracy and mean confidence of their bin.",
  },
  meanSquaredError: {
    name: "mean squared error",
    title: "Mean squared error",
    unit: "squared units",
    direction: "lower",
    bounds: [0, Infinity],
    anchor: "mean-squared-error",
    definition: "Mean over predictions of the squared difference to the true value.",
  },
  explainedVariance: {
    name: "explained variance",
    title: "Explained variance",
    unit: "share",
    direction: "higher",
    bounds: [-Infinity, 1],
    anchor: "explained-variance",
    definition:
      "1 minus the sum of squared errors divided by the sum of squared deviations from the mean of the training split, over all test examples of all tasks.",
  },
  rootMeanSquaredError: {
    name: "root mean squared error",
    title: "Root mean squared error",
    unit: "units",
    direction: "lower",
    bounds: [0, Infinity],
    anchor: "root-mean-squared-error",
    definition: "Square root of the mean squared error over all test examples.",
  },
  meanAbsoluteError: {
    name: "mean absolute error",
    title: "Mean absolute error",
    unit: "units",
    direction: "lower",
    bounds: [0, Infinity],
    anchor: "mean-absolute-error",
    definition: "Mean over predictions of the absolute difference to the true value.",
  },
} as const satisfies Record<string, MetricDefinition>;

/** Key of a metric in {@link metricDefinitions}. */
export type MetricId = keyof typeof metricDefinitions;

/** Keys of all metrics. */
export const metricIds = Object.keys(metricDefinitions) as MetricId[];

/** All metrics with their keys, in the order in which they are shown. */
export const metricEntries = Object.entries(metricDefinitions) as unknown as readonly (readonly [
  MetricId,
  MetricDefinition,
])[];

/** The definition of the metric that records call `name`; undefined for one that no target has (steps to 90 %). */
export const metricNamed = (name: string): MetricDefinition | undefined =>
  metricEntries.find(([, metric]) => metric.name === name)?.[1];
