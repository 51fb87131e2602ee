import type { FewShotClassificationProtocol, FewShotLearner } from "@metabench/core";
import { slice, type Tensor } from "@tensorflow/tfjs-core";
import { adaptTo, drawPredictors, inScope, logitsDiffer } from "../learner/index.ts";
import type { ImageQuestion } from "../wire/index.ts";

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
    /** Logits of sets of queries by one predictor, adapted anew. */
    const asked = (...sets: readonly Tensor[]) => {
      let logits: readonly ArrayLike<number>[] = [];
      drawPredictors(
        adaptTo(learner, inputs, question, ways, shots),
        learner,
        [learner.adaptationSteps],
        ({ predict }) => {
          logits = sets.map((set) => predict(set).dataSync());
        },
      );
      return logits;
    };
    const [together = [], apart = []] = asked(queries, few);
    const otherwise = (some: ArrayLike<number>) =>
      logitsDiffer(some, Array.from(together).slice(0, some.length), ways);
    if (otherwise(apart)) return true;
    const [again = []] = asked(queries);
    const random = logitsDiffer(again, together, ways);
    const [anew = []] = asked(few);
    return !random && otherwise(anew);
  });
}
