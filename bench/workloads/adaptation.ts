import type { FewShotLearner } from "@metabench/core";
import { inScope } from "@metabench/harness/learner";
import { randomUniform, tensor1d } from "@tensorflow/tfjs-core";
import { countParameters, fewShotTrial } from "./trial.ts";
import type { Work } from "./work.ts";

/** MAML's five steps on one 5-way 1-shot support set, to the predictor after the last. */
export function adaptation(): Work {
  const learner = fewShotTrial("maml", 1, { testSteps: 5 }).conduct.learner as FewShotLearner;
  return {
    parameters: countParameters(learner),
    units: 1,
    run: () =>
      inScope(() => {
        if (learner.adaptsOn !== "images") throw new Error("MAML adapts on images");
        const support = {
          inputs: randomUniform([5, 28, 28, 1], 0, 1, "float32", 1),
          labels: tensor1d([0, 1, 2, 3, 4], "int32"),
          ways: 5,
          shots: 1,
        };
        let step = 0;
        for (const predictor of learner.adapt(support as never)) {
          if (step === learner.adaptationSteps)
            return predictor.predict(support.inputs as never).dataSync()[0] ?? NaN;
          step += 1;
        }
        return NaN;
      }),
  };
}
