import { reshape, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import {
  MetabenchError,
  type MultiTaskContext,
  type MultiTaskLearner,
  type ValuesTask,
} from "@metabench/core";
import { leaves, meanSquaredError, named, variables, type Weights } from "../../nn/index.ts";
import { ownRows } from "../own-rows.ts";
import { batchExamples } from "./batch-examples.ts";
import type { RidgeExample } from "./ridge.ts";

/** A predictor of numbers whose weights follow from the training examples by a formula. */
export interface ClosedForm<W extends Weights> {
  /** The weights before training. */
  initialise(): W;
  /** The weights that follow from the examples of each task, in the order of the tasks. */
  fit(examples: readonly (readonly RidgeExample[])[]): W;
  /** Predictions `[n, outputs]` of one task by id for inputs `[n, features]`. */
  predict(weights: W, task: string, inputs: Tensor2D): Tensor2D;
}

/**
 * A learner that solves a closed form. Its batch is the whole training split, so one update is all of training and the next changes nothing.
 *
 * @param title what errors call the control
 * @param form makes the closed form for tasks of numbers and the length of an input
 * @throws MetabenchError `invalid-usage` where a task's targets are classes
 */
export function closedFormLearner<W extends Weights>(
  context: MultiTaskContext,
  title: string,
  form: (tasks: readonly ValuesTask[], features: number) => ClosedForm<W>,
): MultiTaskLearner {
  const features = context.inputShape.reduce((product, length) => product * length, 1);
  const tasks = context.tasks.map((task): ValuesTask => {
    if (task.target === "values") return task;
    throw new MetabenchError(
      "invalid-usage",
      `${title} predicts numbers, but the targets of task "${task.id}" are classes; choose a protocol whose targets are numbers, or another algorithm.`,
    );
  });
  const { initialise, fit, predict } = form(tasks, features);
  const weights = variables(initialise());
  const parameters = named(weights);
  const predictions = (task: string, inputs: Tensor) =>
    predict(weights, task, reshape(inputs, [-1, features]));
  return {
    parameters,
    state: {},
    batchSize: context.trainingExamples,
    train(batch) {
      const solved = leaves(fit(batchExamples(batch, tasks)));
      for (const [path, own] of Object.entries(parameters)) own.assign(solved.get(path) ?? own);
      return Object.fromEntries(
        tasks.map(({ id }) => {
          const predicted = predictions(id, ownRows(batch.inputs, batch.rows, id));
          return [id, meanSquaredError(predicted, batch.targets[id] ?? predicted)];
        }),
      );
    },
    predict: predictions,
  };
}

/**
 * The length that the predictions of all tasks have.
 *
 * @throws MetabenchError `invalid-usage` where tasks differ in it
 */
export function commonOutputs(tasks: readonly ValuesTask[], title: string): number {
  const [first] = tasks;
  const other = tasks.find(({ outputs }) => outputs !== first?.outputs);
  if (first && !other) return first.outputs;
  throw new MetabenchError(
    "invalid-usage",
    `${title} fits one model to all tasks, but tasks "${first?.id ?? ""}" and "${other?.id ?? ""}" differ in their number of values; choose task-ridge.`,
  );
}

/** What belongs to a task by id. */
export function ofTask<T>(values: Readonly<Record<string, T>>, task: string): T {
  const own = values[task];
  if (own !== undefined) return own;
  throw new MetabenchError(
    "invalid-usage",
    `There is no task "${task}"; name one that the learner was made for.`,
  );
}
