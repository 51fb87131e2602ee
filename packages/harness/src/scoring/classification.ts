import { confusionMatrix, macroScores, metricsOf, type FewShotClassificationProtocol } from "@metabench/core";
import { brokenAnswers, collectAnswers } from "./answers.ts";
import { scoreProbabilities } from "./probabilities.ts";
import type { Scorer } from "./scorer.ts";

/** Probabilities of consecutive episodes, cut into those of each. */
function perEpisode(
  parts: readonly Float32Array[],
  labels: readonly Int32Array[],
  ways: number,
): readonly Float32Array[] {
  const all = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  let from = 0;
  return labels.map(({ length }) => {
    const own = all.subarray(from, from + length * ways);
    from += length * ways;
    return own;
  });
}

/** Scores the few-shot test of images against the right labels, by episode. */
export function classificationScorer(
  { ways }: FewShotClassificationProtocol,
  labels: readonly Int32Array[],
  episodesHash: string,
): Scorer {
  const queriesPerEpisode = labels[0]?.length ?? 0;
  const answers = collectAnswers<Uint8Array>(labels.length, (episode) => labels[episode]?.length ?? 0);
  /** At the headline step, in the order of the episodes. */
  const logProbabilities: Float32Array[] = [];
  return {
    add(message) {
      if (message.kind !== "few-shot-classification") throw brokenAnswers(`they are of kind ${message.kind}`);
      if (message.predictions.some((label) => label >= ways))
        throw brokenAnswers(`a predicted label is not below ${String(ways)}`);
      answers.add(message);
      logProbabilities.push(message.logProbabilities);
    },
    finish({ transductive }) {
      const { steps, headlineStep, oneShot, predictions } = answers.all();
      const correct = predictions.map((episodes) =>
        episodes.map((predicted, episode) =>
          predicted.reduce((right, label, at) => right + Number(label === labels[episode]?.[at]), 0),
        ),
      );
      const headline = steps.indexOf(headlineStep);
      const macro = (predictions[headline] ?? []).map((predicted, episode) =>
        macroScores(confusionMatrix(labels[episode] ?? [], predicted, ways)),
      );
      const likelihood = scoreProbabilities(
        perEpisode(logProbabilities, labels, ways).map((own, episode) => ({
          labels: labels[episode] ?? [],
          predicted: predictions[headline]?.[episode] ?? [],
          logProbabilities: own,
        })),
        ways,
      );
      const rounded = (name: "precision" | "recall" | "f1") =>
        macro.map((scores) => Number(scores[name].toFixed(6)));
      const result = {
        kind: "few-shot-classification" as const,
        episodesHash,
        queriesPerEpisode,
        steps: [...steps],
        headlineStep,
        oneShot,
        correct,
        precision: rounded("precision"),
        recall: rounded("recall"),
        f1: rounded("f1"),
        transductive,
        ...likelihood,
      };
      return { result, metrics: metricsOf(result) };
    },
  };
}
