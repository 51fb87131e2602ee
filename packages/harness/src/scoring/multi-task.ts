import { confusionMatrix, macroScores, metricsOf, packCorrectness, type ImageTask } from "@metabench/core";
import { brokenAnswers } from "./answers.ts";
import { scoreProbabilities } from "./probabilities.ts";
import type { Scorer } from "./scorer.ts";

/**
 * Scores the multi-task test.
 *
 * @param targets right labels in canonical order
 * @param order canonical position of each example in the order in which it was sent
 * @param validation accuracy of each task on the validation split, at the selected parameters
 */
export function multiTaskScorer(
  tasks: readonly ImageTask[],
  targets: Readonly<Record<string, Uint8Array>>,
  order: Uint32Array,
  validation: () => Readonly<Record<string, number>>,
): Scorer {
  const predicted = new Map<
    string,
    { readonly labels: Uint8Array; readonly logProbabilities: Float32Array }
  >();
  return {
    add(message) {
      if (message.kind !== "multi-task") throw brokenAnswers(`they are of kind ${message.kind}`);
      if (message.predictions.length !== order.length)
        throw brokenAnswers(
          `task ${message.task} has ${String(message.predictions.length)} predictions for ${String(order.length)} examples`,
        );
      predicted.set(message.task, {
        labels: message.predictions,
        logProbabilities: message.logProbabilities,
      });
    },
    finish() {
      const scored = tasks.map(({ id, classes }) => {
        const sent = predicted.get(id);
        const truth = targets[id];
        if (!sent || !truth) throw brokenAnswers(`task ${id} was not answered`);
        if (sent.labels.some((label) => label >= classes))
          throw brokenAnswers(`a label predicted for task ${id} is not below ${String(classes)}`);
        const labels = new Uint8Array(order.length);
        const logProbabilities = new Float32Array(sent.logProbabilities.length);
        for (const [at, position] of order.entries()) {
          labels[position] = sent.labels[at] ?? 0;
          logProbabilities.set(
            sent.logProbabilities.subarray(at * classes, (at + 1) * classes),
            position * classes,
          );
        }
        const { negativeLogLikelihood, calibration } = scoreProbabilities(
          [{ labels: truth, predicted: labels, logProbabilities }],
          classes,
        );
        const correct = [...labels].map((label, at) => label === truth[at]);
        return {
          id,
          right: correct.filter(Boolean).length,
          macro: macroScores(confusionMatrix(truth, labels, classes)),
          correct: packCorrectness(correct),
          negativeLogLikelihood: negativeLogLikelihood[0] ?? 0,
          calibration,
        };
      });
      const examples = order.length;
      const result = {
        kind: "multi-task" as const,
        examples,
        tasks: scored.map(({ id, right, macro, correct, negativeLogLikelihood, calibration }) => ({
          id,
          accuracy: right / examples,
          ...macro,
          correct,
          negativeLogLikelihood,
          calibration,
        })),
        validation: { ...validation() },
      };
      return { result, metrics: metricsOf(result) };
    },
  };
}
