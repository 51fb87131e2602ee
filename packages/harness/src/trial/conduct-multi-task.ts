import type { AlgorithmPlugin, LearnerContext, MultiTaskProtocol } from "@metabench/core";
import { answerTasks } from "./answer-tasks.ts";
import { testOf, type Choices, type Conduct } from "./conduct.ts";
import {
  createLearner,
  imageReader,
  multiTaskLearning,
  specsOfImageTasks,
  type TrainingExamples,
} from "../learner/index.ts";
import { explainTasks } from "./explain/explain-tasks.ts";
import { timeMultiTask } from "./time-learner.ts";

/** Makes a multi-task learner and sets it to its protocol. */
export function conductMultiTask(
  algorithm: AlgorithmPlugin<"multi-task">,
  context: LearnerContext,
  data: TrainingExamples,
  protocol: MultiTaskProtocol,
  { spec, reference }: Choices,
): Conduct {
  const { image, normalisation, tasks } = data;
  const trainingExamples = Object.values(data.splits.train.targets)[0]?.length ?? 0;
  const learner = createLearner(
    algorithm,
    {
      ...context,
      tasks: specsOfImageTasks(tasks),
      inputShape: image,
      trainingExamples,
      ownExamples: false,
    },
    spec.algorithm.options,
  );
  return {
    learner,
    learning: multiTaskLearning(learner, data, protocol, spec.seed, reference, spec.training),
    async answer(test, send) {
      await answerTasks(learner, data, testOf(protocol.kind, test).images, send);
      return false;
    },
    time(test) {
      const { images } = testOf(protocol.kind, test);
      const reader = imageReader(images, image, normalisation);
      try {
        return timeMultiTask(learner, reader, specsOfImageTasks(tasks));
      } finally {
        reader.release();
      }
    },
    explain: (message) =>
      explainTasks(learner, imageReader(message.images, image, normalisation), tasks, message),
  };
}
