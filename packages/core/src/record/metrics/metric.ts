import {
  areaUnderAdaptationCurve,
  expectedCalibrationError,
  metricDefinitions,
  stepsTo90Percent,
  type CalibrationBin,
  type MetricDefinition,
} from "../../metrics/index.ts";
import {
  accuracyInterval,
  mean,
  studentInterval,
  wilsonInterval,
  type Interval,
} from "../../statistics/index.ts";
import type { Metric } from "../result.ts";

type Shared = Pick<Metric, "name" | "unit" | "direction"> & { readonly task?: string };

function bounds(interval: Interval): NonNullable<Metric["interval"]> {
  return { low: interval.low, high: interval.high, method: interval.method };
}

/** A mean over episodes with its interval; that of a share (accuracy, precision, recall, F1) ends at 0 and at 1. */
export function episodeMean(
  values: readonly number[],
  { task = null as string | null, ...shared }: Omit<Shared, "task"> & { readonly task?: string | null },
): Metric {
  const interval =
    values.length < 2 ? null : shared.unit === "share" ? accuracyInterval([values]) : studentInterval(values);
  return {
    ...shared,
    task,
    value: mean(values),
    count: values.length,
    interval: interval && bounds(interval),
  };
}

/** A share of right examples with Wilson's interval. */
export function shareOfExamples(name: string, task: string, right: number, count: number): Metric {
  return {
    name,
    task,
    unit: "share",
    direction: "higher",
    value: right / count,
    count,
    interval: bounds(wilsonInterval(right, count)),
  };
}

/** A value without interval. */
export function plainMetric(
  name: string,
  value: number,
  shared: Omit<Metric, "name" | "value" | "interval" | "task"> & { readonly task?: string },
): Metric {
  return { name, task: null, ...shared, value, interval: null };
}

/** Mean negative log-likelihood and expected calibration error of predicted probabilities. */
export function likelihoodMetrics(
  {
    negativeLogLikelihood,
    calibration,
  }: {
    readonly negativeLogLikelihood: number;
    readonly calibration: readonly CalibrationBin[];
  },
  shared: { readonly task?: string; readonly count: number },
): readonly Metric[] {
  const { negativeLogLikelihood: likelihood, calibrationError } = metricDefinitions;
  const error = expectedCalibrationError(calibration);
  const of = ({ name, unit, direction }: MetricDefinition, value: number) =>
    plainMetric(name, value, { unit, direction, ...shared });
  return [of(likelihood, negativeLogLikelihood), ...(error === null ? [] : [of(calibrationError, error)])];
}

/** Steps to 90 % and area of an adaptation curve, as far as they apply. */
export function adaptationMetrics(
  steps: readonly number[],
  means: readonly number[],
  shared: Pick<Metric, "unit" | "direction" | "count">,
  oneShot: boolean,
): readonly Metric[] {
  // A curve of one point has neither.
  if (oneShot || steps.length < 2) return [];
  const curve = { steps, values: means };
  const toNinety = stepsTo90Percent(curve, shared.direction);
  const area = areaUnderAdaptationCurve(curve);
  return [
    ...(toNinety === null
      ? []
      : [plainMetric("steps to 90 %", toNinety, { unit: "steps", direction: "lower", count: shared.count })]),
    ...(area === null ? [] : [plainMetric("area under the adaptation curve", area, shared)]),
  ];
}
