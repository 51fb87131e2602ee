import {
  epochBatches,
  randomStream,
  streamPath,
  type MultiTaskImages,
  type MultiTaskLearner,
  type MultiTaskProtocol,
  type SplitName,
  type TrainingOptions,
} from "@metabench/core";
import { tensor1d } from "@tensorflow/tfjs-core";
import { labelsOf } from "./adaptation.ts";
import type { ImageReader } from "./image-reader.ts";
import { imageReader } from "./image-tensor.ts";
import type { Learning } from "./learning.ts";
import { inScope } from "./scope.ts";
import { trainingChanges } from "./training-changes.ts";

/** Training and validation splits of a data set. */
export type TrainingExamples = Pick<MultiTaskImages, "image" | "normalisation" | "tasks"> & {
  readonly splits: Pick<MultiTaskImages["splits"], Exclude<SplitName, "test">>;
};

const predictionBatch = 500;

/** Predicted labels and logits `[count, classes]` of images `0 … count − 1` for one task, in batches. */
export function predictTask(
  learner: MultiTaskLearner,
  reader: ImageReader,
  task: MultiTaskImages["tasks"][number],
  count: number,
): { readonly labels: Uint8Array; readonly logits: Float32Array } {
  const labels = new Uint8Array(count);
  const logits = new Float32Array(count * task.classes);
  for (let from = 0; from < count; from += predictionBatch) {
    const positions = Uint32Array.from(
      { length: Math.min(predictionBatch, count - from) },
      (_, at) => from + at,
    );
    inScope(() => {
      const predicted = learner.predict(task.id, reader.at(positions));
      labels.set(labelsOf(predicted, positions.length, task.classes), from);
      logits.set(predicted.dataSync(), from * task.classes);
    });
  }
  return { labels, logits };
}

/**
 * Binds a multi-task learner to the training and validation splits.
 *
 * @param reference accuracy of each task on the validation split, of the single-task reference; null for the reference itself
 * @param asked what is to be done to training images
 */
export function multiTaskLearning(
  learner: MultiTaskLearner,
  data: TrainingExamples,
  protocol: MultiTaskProtocol,
  seed: number,
  reference: Readonly<Record<string, number>> | null,
  asked: TrainingOptions = {},
): Learning {
  const { train, validation } = data.splits;
  const path = streamPath(protocol, "train", String(seed));
  const { augment, mixup, withStreamState } = trainingChanges(asked, data.image, path);
  const training = imageReader(train.images, data.image, data.normalisation, augment);
  const held = imageReader(validation.images, data.image, data.normalisation);
  const examples = (targets: Readonly<Record<string, Uint8Array>>) => Object.values(targets)[0]?.length ?? 0;
  const supply = epochBatches(
    examples(train.targets),
    learner.batchSize,
    randomStream(streamPath(protocol, "train", `batches/${String(seed)}`)),
  );

  return withStreamState({
    learner,
    training: { on: "labelled-images", batchSize: learner.batchSize },
    imagesPerUpdate: learner.batchSize,
    update() {
      const positions = supply.draw();
      const targets = Object.fromEntries(
        data.tasks.map(({ id }) => [
          id,
          tensor1d(
            Int32Array.from(positions, (at) => train.targets[id]?.[at] ?? 0),
            "int32",
          ),
        ]),
      );
      const batch = { inputs: training.at(positions), targets };
      const losses = learner.train(mixup === undefined ? batch : mixup.batch(batch, mixup.draw()));
      mixup?.assertHeeded();
      return losses;
    },
    validate() {
      const accuracies = data.tasks.map((task) => {
        const truth = validation.targets[task.id] ?? new Uint8Array();
        const { labels } = predictTask(learner, held, task, truth.length);
        return labels.reduce((right, label, at) => right + Number(label === truth[at]), 0) / truth.length;
      });
      // Δp of the tasks' accuracies where there is a reference to hold them against, their mean where there is none.
      const relative = accuracies.map((accuracy, at) => {
        const held = reference?.[data.tasks[at]?.id ?? ""];
        return held === undefined ? accuracy : (accuracy - held) / held;
      });
      return {
        metrics: Object.fromEntries(data.tasks.map(({ id }, at) => [id, accuracies[at] ?? 0])),
        score: relative.reduce((sum, value) => sum + value, 0) / relative.length,
      };
    },
    release() {
      training.release();
      held.release();
    },
    state: () => ({ ...supply.state() }),
    restore: (state) => {
      supply.restore(state as unknown as ReturnType<typeof supply.state>);
    },
  });
}
