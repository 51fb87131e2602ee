import type { ImageTask, MultiTaskLearner } from "@metabench/core";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { inScope, type ImageReader } from "../../learner/index.ts";
import { explainImages, stateOf } from "./explain-images.ts";
import type { ExplainedMessage, ExplainMessage } from "../../wire/index.ts";

/** Explains every task of a multi-task learner on the same images: all that were sent. */
export function explainTasks(
  learner: MultiTaskLearner,
  reader: ImageReader,
  specs: readonly ImageTask[],
  message: ExplainMessage,
): ExplainedMessage {
  const tasks = specs.map(({ id, classes }) =>
    inScope(() => {
      const seen = {
        logitsOf: (images: Tensor4D) => learner.predict(id, images),
        classes,
        attentionOf: null,
        supportImages: 0,
      };
      return [...explainImages(seen, reader.at(message.queries), message)];
    }),
  );
  return { type: "explained", state: stateOf(tasks, message.transductive), tasks };
}
