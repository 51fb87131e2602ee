import { logSoftmax, type MultiTaskImages, type MultiTaskLearner } from "@metabench/core";
import { imageReader, predictTask } from "../learner/index.ts";
import type { AnswersMessage } from "../wire/index.ts";

type Answers = Extract<AnswersMessage, { kind: "multi-task" }>;

/** Answers the multi-task test: every task on every test image. */
export async function answerTasks(
  learner: MultiTaskLearner,
  { image, normalisation, tasks }: Pick<MultiTaskImages, "image" | "normalisation" | "tasks">,
  images: Uint8Array,
  send: (answers: Answers) => Promise<void>,
): Promise<void> {
  const reader = imageReader(images, image, normalisation);
  const count = images.length / (image[0] * image[1] * image[2]);
  try {
    for (const task of tasks) {
      const { labels, logits } = predictTask(learner, reader, task, count);
      await send({
        type: "answers",
        kind: "multi-task",
        from: 0,
        task: task.id,
        predictions: labels,
        logProbabilities: logSoftmax(logits, task.classes),
      });
    }
  } finally {
    reader.release();
  }
}
