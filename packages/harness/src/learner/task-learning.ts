import {
  accuracy,
  explainedVariance,
  streamPath,
  type MultiTaskLearner,
  type MultiTaskProtocol,
  type TaskSpec,
  type TaskTargets,
  type TrainingOptions,
} from "@metabench/core";
import { assertOutputs } from "./regression-learning.ts";
import { inputReader, type InputReader } from "./input-reader.ts";
import type { Learning } from "./learning.ts";
import { inScope } from "./scope.ts";
import { taskBatches } from "./task-batches.ts";
import { specsOfTasks, type TaskTraining } from "./task-specs.ts";
import { trainingChanges } from "./training-changes.ts";

const predictionBatch = 500;

/**
 * Predictions `[n, outputs]` of one task for inputs at some positions, in batches.
 *
 * @throws MetabenchError `contract-broken` for no tensor or a wrong shape, `not-finite` for NaN or infinity
 */
export function predictOutputs(
  learner: MultiTaskLearner,
  reader: InputReader,
  { id, outputs }: TaskSpec,
  positions: Uint32Array,
): Float32Array {
  const values = new Float32Array(positions.length * outputs);
  for (let from = 0; from < positions.length; from += predictionBatch) {
    const part = positions.subarray(from, from + predictionBatch);
    inScope(() => {
      const predicted = learner.predict(id, reader.at(part));
      assertOutputs(predicted, part.length, outputs);
      values.set(predicted.dataSync(), from * outputs);
    });
  }
  return values;
}

/** The class with the largest of `classes` numbers, row by row. */
export function largest(values: Float32Array, classes: number): Uint16Array {
  return Uint16Array.from({ length: values.length / classes }, (_, row) => {
    const own = values.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(own.reduce((most, value) => Math.max(most, value), -Infinity));
  });
}

/** Σ (value − centre)² over rows `[n, values]`. */
function squares(values: ArrayLike<number>, centre: (at: number) => number): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += ((values[at] ?? 0) - centre(at)) ** 2;
  return sum;
}

/** Each task's accuracy; of numbers the explained variance over all tasks, since a task has few validation examples. */
function validationMetrics(
  tasks: readonly TaskSpec[],
  truth: (task: TaskSpec) => TaskTargets,
  predict: (task: TaskSpec, positions: Uint32Array) => Float32Array,
): Record<string, number> {
  const metrics: Record<string, number> = {};
  let [error, deviation] = [0, 0];
  for (const task of tasks) {
    const { examples, targets } = truth(task);
    if (examples.length === 0) continue;
    const predicted = predict(task, examples);
    if (task.target === "class") metrics[task.id] = accuracy(targets, largest(predicted, task.outputs));
    else {
      error += squares(predicted, (at) => targets[at] ?? 0);
      deviation += squares(targets, (at) => task.mean[at % task.outputs] ?? 0);
      metrics["explained variance"] = explainedVariance(error, deviation);
    }
  }
  return metrics;
}

/**
 * Binds a multi-task learner to tasks with examples of their own.
 *
 * @param reference metrics of the single-task reference on the validation split; null for the reference itself
 * @param asked what is to be done to training images
 */
export function taskLearning(
  learner: MultiTaskLearner,
  data: TaskTraining,
  protocol: MultiTaskProtocol,
  seed: number,
  reference: Readonly<Record<string, number>> | null,
  asked: TrainingOptions = {},
): Learning {
  const { input, splits } = data;
  const tasks = specsOfTasks(data);
  const path = streamPath(protocol, "train", String(seed));
  const { augment, mixup, withStreamState } = trainingChanges(
    asked,
    input.kind === "image" ? input.shape : null,
    path,
  );
  const training = inputReader(splits.train.inputs, input, augment);
  const held = inputReader(splits.validation.inputs, input);
  const supply = taskBatches(
    data,
    training,
    learner.batchSize,
    streamPath(protocol, "train", `batches/${String(seed)}`),
  );
  return withStreamState({
    learner,
    training: {
      on: input.kind === "image" ? "labelled-images" : "labelled-examples",
      batchSize: supply.size,
    },
    imagesPerUpdate: supply.size,
    update() {
      const batch = supply.draw();
      const losses = learner.train(mixup === undefined ? batch : mixup.batch(batch, mixup.draw()));
      mixup?.assertHeeded();
      return losses;
    },
    validate() {
      const none: TaskTargets = { examples: new Uint32Array(), targets: new Uint16Array() };
      const metrics = validationMetrics(
        tasks,
        ({ id }) => splits.validation.tasks[id] ?? none,
        (task, positions) => predictOutputs(learner, held, task, positions),
      );
      // The gain over the reference, relative to it, averaged over metrics; their mean where there is no reference.
      const gains = Object.entries(metrics).map(([name, value]) => {
        const alone = reference?.[name];
        return alone === undefined || alone === 0 ? value : (value - alone) / Math.abs(alone);
      });
      return { metrics, score: gains.reduce((sum, gain) => sum + gain, 0) / gains.length };
    },
    release() {
      training.release();
      held.release();
    },
    state: () => supply.state(),
    restore: (state) => {
      supply.restore(state);
    },
  });
}
