import {
  expectedCalibrationError,
  explainedVariance,
  metricDefinitions,
  type MetricId,
} from "../../metrics/index.ts";
import { unpackCorrectness } from "../correctness.ts";
import type { Metric, TaskResult, TrialResult } from "../result.ts";
import { likelihoodMetrics, plainMetric, shareOfExamples } from "./metric.ts";

type SharedExamples = Extract<TrialResult, { kind: "multi-task" }>;
type OwnExamples = Extract<TrialResult, { kind: "multi-task-own-examples" }>;
type Classes = Extract<TaskResult, { target: "class" }>;
type Values = Extract<TaskResult, { target: "values" }>;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** A number of a task, or of all tasks, without interval. */
function metric(id: MetricId, value: number, count: number, task?: string): Metric {
  const { name, unit, direction } = metricDefinitions[id];
  return plainMetric(name, value, { unit, direction, count, ...(task !== undefined && { task }) });
}

/** A task's accuracy from the packed correctness of its examples. */
export const accuracyOfTask = (
  { id, correct }: { readonly id: string; readonly correct: string },
  examples: number,
): Metric =>
  shareOfExamples(metricDefinitions.accuracy.name, id, sum(unpackCorrectness(correct, examples)), examples);

/** Accuracy and macro averages of one task. */
const labelMetrics = (
  task: SharedExamples["tasks"][number] | Classes,
  examples: number,
): readonly Metric[] => [
  accuracyOfTask(task, examples),
  metric("precision", task.precision, examples, task.id),
  metric("recall", task.recall, examples, task.id),
  metric("f1", task.f1, examples, task.id),
];

/** The metrics of tasks that share their examples. */
export const sharedExamplesMetrics = ({ tasks, examples }: SharedExamples): readonly Metric[] =>
  tasks.flatMap((task) => {
    const { id, negativeLogLikelihood, calibration } = task;
    return [
      ...labelMetrics(task, examples),
      ...(negativeLogLikelihood !== undefined && calibration
        ? likelihoodMetrics({ negativeLogLikelihood, calibration }, { task: id, count: examples })
        : []),
    ];
  });

function classMetrics(task: Classes): readonly Metric[] {
  const { id, examples, negativeLogLikelihood, calibration } = task;
  return [
    ...labelMetrics(task, examples),
    metric("negativeLogLikelihood", negativeLogLikelihood, examples, id),
    metric("calibrationError", expectedCalibrationError(calibration) ?? 0, examples, id),
  ];
}

/** Metrics of numbers, of all tasks together (over their pooled examples) or of one. */
function valueMetrics(tasks: readonly Values[], values: number, task?: string): readonly Metric[] {
  const pooled = (of: "squaredError" | "absoluteError" | "squaredDeviation") =>
    sum(tasks.flatMap((one) => one[of]));
  const examples = sum(tasks.map((one) => one.examples));
  const [squared, numbers] = [pooled("squaredError"), examples * values];
  return [
    metric("explainedVariance", explainedVariance(squared, pooled("squaredDeviation")), examples, task),
    metric("meanSquaredError", squared / numbers, examples, task),
    metric("rootMeanSquaredError", Math.sqrt(squared / numbers), examples, task),
    metric("meanAbsoluteError", pooled("absoluteError") / numbers, examples, task),
  ];
}

/** How many numbers a task predicts for an example; a result does not hold it. */
export type NumbersOf = (task: string) => number;

/** The metrics of tasks that have examples of their own. */
export function ownExamplesMetrics(
  { tasks }: Pick<OwnExamples, "tasks">,
  numbersOf: NumbersOf,
): readonly Metric[] {
  const [first] = tasks;
  const ofEach = tasks.flatMap((task) =>
    task.target === "class" ? classMetrics(task) : valueMetrics([task], numbersOf(task.id), task.id),
  );
  if (first?.target !== "values") return ofEach;
  const pooled = tasks.filter((task) => task.target === "values");
  return [...valueMetrics(pooled, numbersOf(first.id)), ...ofEach];
}
