import type { FewShotRegressionProtocol, RegressionLearner } from "@metabench/core";
import { adaptToFunction, sharedSteps, stepsOf } from "../learner/index.ts";
import type { AnswersMessage, FunctionQuestion } from "../wire/index.ts";

type Answers = Extract<AnswersMessage, { kind: "few-shot-regression" }>;

const episodesAMessage = 50;

/** Answers the regression test, some functions at a time. */
export async function answerFunctions(
  learner: RegressionLearner,
  { shots, curveSteps }: FewShotRegressionProtocol,
  questions: readonly FunctionQuestion[],
  send: (answers: Answers) => Promise<void>,
): Promise<void> {
  const wanted = stepsOf(learner, curveSteps);
  for (let from = 0; from < questions.length; from += episodesAMessage) {
    const answered = questions
      .slice(from, from + episodesAMessage)
      .map((question) => adaptToFunction(learner, question, shots, wanted));
    const steps = sharedSteps(answered);
    const outputs = answered.flatMap((one) => one.outputs);
    const predictions = Float32Array.from(outputs.flatMap((output) => [...output]));
    const oneShot = steps.length === 1 && wanted.length > 1;
    await send({
      type: "answers",
      kind: "few-shot-regression",
      from,
      steps,
      oneShot,
      headlineStep: learner.adaptationSteps,
      predictions,
    });
  }
}
