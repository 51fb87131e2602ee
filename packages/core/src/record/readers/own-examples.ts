import { explainedVariance } from "../../metrics/index.ts";
import { mean, pseudoValues } from "../../statistics/index.ts";
import { unpackCorrectness } from "../correctness.ts";
import type { TaskResult, TrialResult } from "../result.ts";
import { malformed, type Items, type ResultReader } from "./reader.ts";

type OwnExamples = Extract<TrialResult, { kind: "multi-task-own-examples" }>;
type Values = Extract<TaskResult, { target: "values" }>;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Explained variance of examples as values per example whose mean it is. */
function explained(errors: readonly number[], deviations: readonly number[]): Items {
  if (errors.length !== deviations.length || errors.length < 2)
    throw malformed("a task has fewer than two test examples, or lists of different lengths");
  const [error, deviation] = [sum(errors), sum(deviations)];
  return pseudoValues(errors.length, explainedVariance(error, deviation), (i) =>
    explainedVariance(error - (errors[i] ?? 0), deviation - (deviations[i] ?? 0)),
  );
}

/** The headline's value on each test example of one task. */
function itemsOf(task: TaskResult): Items {
  return task.target === "class"
    ? unpackCorrectness(task.correct, task.examples)
    : explained(task.squaredError, task.squaredDeviation);
}

/** The mean over tasks of task means, as values per example whose mean it is: θ + (n − 1)/(T·(nₜ − 1)) · (xᵢ − meanₜ). */
function meanOfTasks(tasks: readonly Items[]): Items {
  const examples = tasks.reduce((total, items) => total + items.length, 0);
  const means = tasks.map(mean);
  const whole = mean(means);
  return tasks.flatMap((items, t) =>
    items.map(
      (value) =>
        whole + ((examples - 1) / (tasks.length * Math.max(1, items.length - 1))) * (value - (means[t] ?? 0)),
    ),
  );
}

const values = (tasks: readonly TaskResult[]): readonly Values[] =>
  tasks.filter((task) => task.target === "values");

/**
 * Reads tasks that have test examples of their own.
 *
 * Where targets are classes, the headline is the mean over tasks of accuracy. Where they are values, it is the explained variance over
 * all examples of all tasks. Both are given as values per example by the jackknife.
 */
export const ownExamplesReader: ResultReader<OwnExamples> = {
  testSet: ({ tasks }) => tasks.map(({ id, examples }) => `${id}: ${String(examples)} examples`).join(", "),
  episodesHash: () => null,
  transductive: () => false,
  headline({ tasks }) {
    const pooled = values(tasks);
    if (pooled.length !== tasks.length) return meanOfTasks(tasks.map(itemsOf));
    return explained(
      pooled.flatMap(({ squaredError }) => squaredError),
      pooled.flatMap(({ squaredDeviation }) => squaredDeviation),
    );
  },
  adaptation: () => null,
  tasks: ({ tasks }) => new Map(tasks.map((task) => [task.id, itemsOf(task)])),
  classification: ({ tasks }) =>
    new Map(
      tasks.flatMap((task) =>
        task.target === "class"
          ? [[task.id, { precision: task.precision, recall: task.recall, f1: task.f1 }] as const]
          : [],
      ),
    ),
  validation: ({ validation }) => validation,
};
