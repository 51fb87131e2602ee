import { logSoftmax, type FewShotClassificationProtocol, type FewShotLearner } from "@metabench/core";
import {
  adaptTo,
  drawPredictors,
  inScope,
  labelsOf,
  sharedSteps,
  testInputs,
  type TestImages,
} from "../learner/index.ts";
import type { AnswersMessage, ImageQuestion } from "../wire/index.ts";
import { queriesMatter } from "./queries-matter.ts";

type Answers = Extract<AnswersMessage, { kind: "few-shot-classification" }>;

const episodesAMessage = 20;
/** Episodes on which transduction is looked for. */
const probes = 3;

/** What is asked: tasks of a shape, at adaptation steps. */
type AskedTasks = Pick<FewShotClassificationProtocol, "ways" | "shots"> & {
  readonly steps: readonly number[];
};

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Answers the few-shot test, some episodes at a time; returns whether predictions depend on other queries, found or declared. */
export async function answerImages(
  learner: FewShotLearner,
  { ways, shots, steps: wanted }: AskedTasks,
  images: TestImages,
  questions: readonly ImageQuestion[],
  send: (answers: Answers) => Promise<void>,
): Promise<boolean> {
  const inputs = testInputs(learner, images);
  const headlineStep = learner.adaptationSteps;

  const answer = (question: ImageQuestion) =>
    inScope(() => {
      const queries = inputs.at(question.query);
      const count = question.query.length;
      const predictions: Uint8Array[] = [];
      let logProbabilities: Float32Array = new Float32Array();
      const steps = drawPredictors(
        adaptTo(learner, inputs.at, question, ways, shots),
        learner,
        wanted,
        ({ predict, step }) => {
          const logits = predict(queries);
          predictions.push(labelsOf(logits, count, ways));
          if (step === headlineStep) logProbabilities = logSoftmax(logits.dataSync(), ways);
        },
      );
      return { steps, predictions, logProbabilities };
    });

  try {
    for (let from = 0; from < questions.length; from += episodesAMessage) {
      const answered = questions.slice(from, from + episodesAMessage).map(answer);
      const steps = sharedSteps(answered);
      const all = answered.flatMap((one) => one.predictions);
      const predictions = new Uint8Array(all.reduce((total, { length }) => total + length, 0));
      let offset = 0;
      for (const labels of all) {
        predictions.set(labels, offset);
        offset += labels.length;
      }
      const oneShot = steps.length === 1 && wanted.length > 1;
      await send({
        type: "answers",
        kind: "few-shot-classification",
        from,
        steps,
        oneShot,
        headlineStep,
        predictions,
        logProbabilities: joined(answered.map((one) => one.logProbabilities)),
      });
    }
    return (
      inputs.transductive ||
      (learner.dependsOn?.includes("other-queries") ?? false) ||
      questions.slice(0, probes).some((one) => queriesMatter(learner, inputs.at, one, { ways, shots }))
    );
  } finally {
    inputs.release();
  }
}
