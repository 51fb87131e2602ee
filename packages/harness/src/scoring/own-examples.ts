import {
  confusionMatrix,
  macroScores,
  metricsOf,
  packCorrectness,
  type TaskForm,
  type TaskResult,
  type TaskTargets,
} from "@metabench/core";
import { largest } from "../learner/index.ts";
import { brokenAnswers } from "./answers.ts";
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

const short = (value: number) => Number(value.toPrecision(7));

function scoreClasses(
  task: Extract<TaskForm, { target: "class" }>,
  { truth, order }: OpenTask,
  sent: Float32Array,
): TaskResult {
  const { id, classes } = task;
  const examples = order.length;
  const outputs = new Float32Array(sent.length);
  for (const [at, place] of order.entries())
    outputs.set(sent.subarray(at * classes, (at + 1) * classes), place * classes);
  const predicted = largest(outputs, classes);
  const labels = truth.targets;
  const correct = Array.from(predicted, (label, at) => label === labels[at]);
  const macro = macroScores(confusionMatrix(labels, predicted, classes));
  const scored = scoreProbabilities([{ labels, predicted, logProbabilities: outputs }], classes);
  const [negativeLogLikelihood = 0] = scored.negativeLogLikelihood;
  return {
    target: "class",
    id,
    examples,
    ...macro,
    correct: packCorrectness(correct),
    negativeLogLikelihood,
    calibration: scored.calibration,
  };
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
      const results = tasks.map((open): TaskResult => {
        const { form } = open;
        const outputs = sent.get(form.id);
        if (!outputs) throw brokenAnswers(`task ${form.id} was not answered`);
        return form.target === "class" ? scoreClasses(form, open, outputs) : scoreValues(form, open, outputs);
      });
      const numbers = new Map(
        tasks.map(({ form }) => [form.id, form.target === "values" ? form.values : 1] as const),
      );
      const result = {
        kind: "multi-task-own-examples" as const,
        tasks: results,
        validation: { ...validation() },
      };
      return { result, metrics: metricsOf(result, (task) => numbers.get(task) ?? 1) };
    },
  };
}
