import {
  confusionMatrix,
  expectedCalibrationError,
  explainedVariance,
  macroScores,
  metricDefinitions,
  packCorrectness,
  type Metric,
  type MetricId,
  type TaskForm,
  type TaskResult,
  type TaskTargets,
} from "@metabench/core";
import { largest } from "../learner/index.ts";
import { brokenAnswers } from "./answers.ts";
import { plainMetric, shareOfExamples } from "./metric.ts";
import { scoreProbabilities } from "./probabilities.ts";
import type { Scorer } from "./scorer.ts";

/** A task of the test with the right answers. */
export interface OpenTask {
  readonly form: TaskForm;
  /** In the order of the data set. */
  readonly truth: TaskTargets;
  /** Place in `truth` of each example, in the order in which the child was asked about them. */
  readonly order: Uint32Array;
  /** Mean of each of the task's numbers in the training split over all tasks; empty for classes. */
  readonly trainingMean: readonly number[];
}

type Values = Extract<TaskResult, { target: "values" }>;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const short = (value: number) => Number(value.toPrecision(7));

/** A number of a task, or of all tasks (null), without interval. */
function metric(id: MetricId, value: number, count: number, task?: string): Metric {
  const { name, unit, direction } = metricDefinitions[id];
  return plainMetric(name, value, { unit, direction, count, ...(task !== undefined && { task }) });
}

function scoreClasses(
  task: Extract<TaskForm, { target: "class" }>,
  { truth, order }: OpenTask,
  sent: Float32Array,
) {
  const { id, classes } = task;
  const examples = order.length;
  const outputs = new Float32Array(sent.length);
  for (const [at, place] of order.entries())
    outputs.set(sent.subarray(at * classes, (at + 1) * classes), place * classes);
  const predicted = largest(outputs, classes);
  const labels = truth.targets;
  const correct = Array.from(predicted, (label, at) => label === labels[at]);
  const right = correct.filter(Boolean).length;
  const macro = macroScores(confusionMatrix(labels, predicted, classes));
  const scored = scoreProbabilities([{ labels, predicted, logProbabilities: outputs }], classes);
  const [negativeLogLikelihood = 0] = scored.negativeLogLikelihood;
  const result: TaskResult = {
    target: "class",
    id,
    examples,
    ...macro,
    correct: packCorrectness(correct),
    negativeLogLikelihood,
    calibration: scored.calibration,
  };
  const metrics = [
    shareOfExamples(metricDefinitions.accuracy.name, id, right, examples),
    metric("precision", macro.precision, examples, id),
    metric("recall", macro.recall, examples, id),
    metric("f1", macro.f1, examples, id),
    metric("negativeLogLikelihood", negativeLogLikelihood, examples, id),
    metric("calibrationError", expectedCalibrationError(scored.calibration) ?? 0, examples, id),
  ];
  return { result, metrics };
}

function scoreValues(
  { id, values }: Extract<TaskForm, { target: "values" }>,
  open: OpenTask,
  sent: Float32Array,
): Values {
  const { truth, order, trainingMean } = open;
  if (!sent.every(Number.isFinite)) throw brokenAnswers(`a prediction for task ${id} is not finite`);
  const [squaredError, absoluteError, squaredDeviation] = [0, 1, 2].map(() =>
    new Array<number>(order.length).fill(0),
  );
  for (const [at, place] of order.entries()) {
    let [squared, absolute, deviation] = [0, 0, 0];
    for (let number = 0; number < values; number += 1) {
      const actual = truth.targets[place * values + number] ?? 0;
      const error = (sent[at * values + number] ?? 0) - actual;
      squared += error ** 2;
      absolute += Math.abs(error);
      deviation += (actual - (trainingMean[number] ?? 0)) ** 2;
    }
    if (squaredError) squaredError[place] = short(squared);
    if (absoluteError) absoluteError[place] = short(absolute);
    if (squaredDeviation) squaredDeviation[place] = short(deviation);
  }
  return {
    target: "values",
    id,
    examples: order.length,
    squaredError: squaredError ?? [],
    absoluteError: absoluteError ?? [],
    squaredDeviation: squaredDeviation ?? [],
  };
}

/** Metrics of numbers, of all tasks together (over their pooled examples) or of one. */
function valueMetrics(tasks: readonly Values[], values: number, task?: string): Metric[] {
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

/**
 * Scores tasks with test examples of their own.
 *
 * @param validation metrics on the validation split, at the selected parameters
 */
export function ownExamplesScorer(
  tasks: readonly OpenTask[],
  validation: () => Readonly<Record<string, number>>,
): Scorer {
  const sent = new Map<string, Float32Array>();
  return {
    add(message) {
      if (message.kind !== "task-examples") throw brokenAnswers(`they are of kind ${message.kind}`);
      const open = tasks.find(({ form }) => form.id === message.task);
      if (!open) throw brokenAnswers(`there is no task ${message.task}`);
      const each = open.form.target === "class" ? open.form.classes : open.form.values;
      if (message.outputs.length !== open.order.length * each)
        throw brokenAnswers(
          `task ${message.task} has ${String(message.outputs.length)} outputs for ${String(open.order.length)} examples of ${String(each)}`,
        );
      sent.set(message.task, message.outputs);
    },
    finish() {
      const results: TaskResult[] = [];
      const metrics: Metric[] = [];
      for (const open of tasks) {
        const { form } = open;
        const outputs = sent.get(form.id);
        if (!outputs) throw brokenAnswers(`task ${form.id} was not answered`);
        if (form.target === "class") {
          const scored = scoreClasses(form, open, outputs);
          results.push(scored.result);
          metrics.push(...scored.metrics);
        } else {
          const result = scoreValues(form, open, outputs);
          results.push(result);
          metrics.push(...valueMetrics([result], form.values, form.id));
        }
      }
      const numbers = results.filter((result) => result.target === "values");
      const [first] = tasks;
      return {
        result: { kind: "multi-task-own-examples", tasks: results, validation: { ...validation() } },
        metrics:
          numbers.length > 0 && first?.form.target === "values"
            ? [...valueMetrics(numbers, first.form.values), ...metrics]
            : metrics,
      };
    },
  };
}
