import type {
  AlgorithmPlugin,
  FewShotRegressionProtocol,
  FunctionFamily,
  LearnerContext,
} from "@metabench/core";
import { answerFunctions } from "./answer-functions.ts";
import { testOf, type Choices, type Conduct } from "./conduct.ts";
import { createLearner, regressionLearning } from "../learner/index.ts";
import { nothingToSee } from "../wire/index.ts";
import { timeRegressor } from "./time-learner.ts";

/** Makes a few-shot regressor and sets it to its protocol. */
export function conductRegression(
  algorithm: AlgorithmPlugin<"few-shot-regression">,
  context: LearnerContext,
  data: FunctionFamily,
  protocol: FewShotRegressionProtocol,
  { spec }: Choices,
): Conduct {
  const { shots, queries } = protocol;
  const task = { inputs: data.inputs, outputs: data.outputs, shots, queries };
  const learner = createLearner(algorithm, { ...context, task }, spec.algorithm.options);
  return {
    learner,
    learning: regressionLearning(learner, data, protocol, spec.seed),
    async answer(test, send) {
      await answerFunctions(learner, protocol, testOf(protocol.kind, test).episodes, send);
      return false;
    },
    explain() {
      throw nothingToSee(protocol.kind);
    },
    time: (test) => timeRegressor(learner, testOf(protocol.kind, test).episodes, shots),
  };
}
