import type { FewShotClassificationProtocol, FewShotLearner } from "@metabench/core";
import { slice, type Tensor } from "@tensorflow/tfjs-core";
import { adaptTo, drawPredictors } from "./adaptation.ts";
import type { ImageQuestion } from "./messages.ts";
import { inScope } from "./scope.ts";
import { logitsDiffer } from "./transduction.ts";

type Predict = (queries: Tensor) => ArrayLike<number>;

/**
 * Whether a learner's predictions for the queries of an episode depend on which are asked together. One predictor is asked about all and
 * about some; and one that was adapted anew is asked about some alone, since a predictor may keep what it made of the first that it saw.
 * A learner whose adaptation is random answers otherwise every time, and is judged by the one predictor.
 */
export function queriesMatter(
  learner: FewShotLearner,
  inputs: (positions: Uint32Array) => Tensor,
  question: ImageQuestion,
  { ways, shots }: Pick<FewShotClassificationProtocol, "ways" | "shots">,
): boolean {
  return inScope(() => {
    const queries = inputs(question.query);
    const few = slice(queries, 0, Math.ceil(question.query.length / 2));
    const adapted = (ask: (predict: Predict) => boolean) => {
      let matter = false;
      drawPredictors(
        adaptTo(learner, inputs, question, ways, shots),
        learner,
        [learner.adaptationSteps],
        ({ predict }) => {
          matter = ask((asked) => predict(asked).dataSync());
        },
      );
      return matter;
    };
    const length = few.shape[0] ?? 0;
    const first = (all: ArrayLike<number>) => Array.from(all).slice(0, length * ways);
    let together: ArrayLike<number> = [];
    if (
      adapted((predict) => {
        together = predict(queries);
        return logitsDiffer(predict(few), first(together), ways);
      })
    )
      return true;
    const random = adapted((predict) => logitsDiffer(predict(queries), together, ways));
    return !random && adapted((predict) => logitsDiffer(predict(few), first(together), ways));
  });
}
