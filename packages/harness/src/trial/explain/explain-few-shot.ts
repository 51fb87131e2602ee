import type { FewShotClassificationProtocol, FewShotLearner } from "@metabench/core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { adaptTo, drawPredictors, inputsOf, inScope, type ImageReader } from "../../learner/index.ts";
import { explainImages, stateOf } from "./explain-images.ts";
import type { ExplainedImage, ExplainedMessage, ExplainMessage } from "../../wire/index.ts";

/** Explains the queries of test tasks, as the learner answers them at its headline step. */
export function explainFewShot(
  learner: FewShotLearner,
  reader: ImageReader,
  { ways, shots }: Pick<FewShotClassificationProtocol, "ways" | "shots">,
  message: ExplainMessage,
): ExplainedMessage {
  const encoded = (images: Tensor4D): Tensor =>
    learner.adaptsOn === "embeddings" ? learner.encode(images) : images;
  const explainEpisode = (question: ExplainMessage["episodes"][number]) =>
    inScope(() => {
      const explained: ExplainedImage[] = [];
      const predictors = adaptTo(learner, inputsOf(learner, reader), question, ways, shots);
      drawPredictors(predictors, learner, [learner.adaptationSteps], ({ predict, attention }) => {
        const seen = {
          logitsOf: (images: Tensor4D) => predict(encoded(images)),
          classes: ways,
          attentionOf: attention && ((images: Tensor4D) => attention(encoded(images))),
          supportImages: question.support.length,
        };
        explained.push(...explainImages(seen, reader.at(question.query), message));
      });
      return explained;
    });
  const tasks = message.episodes.map(explainEpisode);
  return { type: "explained", state: stateOf(tasks, message.transductive), tasks };
}
