import { errorSums, metricsOf } from "@metabench/core";
import { brokenAnswers, collectAnswers } from "./answers.ts";
import type { Scorer } from "./scorer.ts";

/** Scores the regression test against the functions' values at the query points. */
export function regressionScorer(targets: readonly Float32Array[], episodesHash: string): Scorer {
  const answers = collectAnswers<Float32Array>(targets.length, (episode) => targets[episode]?.length ?? 0);
  return {
    add(message) {
      if (message.kind !== "few-shot-regression") throw brokenAnswers(`they are of kind ${message.kind}`);
      if (!message.predictions.every(Number.isFinite)) throw brokenAnswers("a prediction is not finite");
      answers.add(message);
    },
    finish() {
      const { steps, headlineStep, oneShot, predictions } = answers.all();
      const squaredError = predictions.map((episodes) =>
        episodes.map((predicted, episode) => {
          const { squared, count } = errorSums(targets[episode] ?? [], predicted);
          return squared / count;
        }),
      );
      const result = {
        kind: "few-shot-regression" as const,
        episodesHash,
        queriesPerEpisode: targets[0]?.length ?? 0,
        steps: [...steps],
        headlineStep,
        oneShot,
        squaredError,
      };
      return { result, metrics: metricsOf(result) };
    },
  };
}
