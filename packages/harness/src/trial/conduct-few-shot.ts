import type { AlgorithmPlugin, FewShotClassificationProtocol, LearnerContext } from "@metabench/core";
import {
  createLearner,
  fewShotLearning,
  imageReader,
  stepsOf,
  type TrainingImages,
} from "../learner/index.ts";
import { answerImages } from "./answer-images.ts";
import { testOf, type Choices, type Conduct } from "./conduct.ts";
import { explainFewShot } from "./explain/explain-few-shot.ts";
import { timeClassifier } from "./time-learner.ts";

/** Makes a few-shot classifier and sets it to its protocol. */
export function conductFewShot(
  algorithm: AlgorithmPlugin<"few-shot-classification">,
  context: LearnerContext,
  data: TrainingImages,
  protocol: FewShotClassificationProtocol,
  { spec }: Choices,
): Conduct {
  const { ways, shots, queries } = protocol;
  const { image, normalisation, splits } = data;
  const task = { ways, shots, queries, image, trainingClasses: splits.train.classNames.length };
  const learner = createLearner(algorithm, { ...context, task }, spec.algorithm.options);
  return {
    learner,
    learning: fewShotLearning(learner, data, protocol, spec.seed, spec.training),
    async answer(test, send, at = "curve") {
      const { images, episodes } = testOf(protocol.kind, test);
      const steps = at === "curve" ? stepsOf(learner, protocol.curveSteps) : [learner.adaptationSteps];
      return answerImages(learner, { ways, shots, steps }, { image, normalisation, images }, episodes, send);
    },
    time(test) {
      const { images, episodes } = testOf(protocol.kind, test);
      const reader = imageReader(images, image, normalisation);
      try {
        return timeClassifier(learner, reader, episodes, ways, shots);
      } finally {
        reader.release();
      }
    },
    explain: (message) =>
      explainFewShot(learner, imageReader(message.images, image, normalisation), protocol, message),
  };
}
