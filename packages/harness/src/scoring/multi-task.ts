import { confusionMatrix, macroScores, packCorrectness, type TaskSpec } from "@metabench/core";
import { brokenAnswers } from "./answers.ts";
import { plainMetric, shareOfExamples } from "./metric.ts";
import type { Scorer } from "./scorer.ts";

/**
 * Scores the multi-task test.
 *
 * @param targets right labels in canonical order
 * @param order canonical position of each example in the order in which it was sent
 * @param validation accuracy of each task on the validation split, at the selected parameters
 */
export function multiTaskScorer(
  tasks: readonly TaskSpec[],
  targets: Readonly<Record<string, Uint8Array>>,
  order: Uint32Array,
  validation: () => Readonly<Record<string, number>>,
): Scorer {
  const predicted = new Map<string, Uint8Array>();
  return {
    add(message) {
      if (message.kind !== "multi-task") throw brokenAnswers(`they are of kind ${message.kind}`);
      if (message.predictions.length !== order.length)
        throw brokenAnswers(
          `task ${message.task} has ${String(message.predictions.length)} predictions for ${String(order.length)} examples`,
        );
      predicted.set(message.task, message.predictions);
    },
    finish() {
      const scored = tasks.map(({ id, classes }) => {
        const sent = predicted.get(id);
        const truth = targets[id];
        if (!sent || !truth) throw brokenAnswers(`task ${id} was not answered`);
        if (sent.some((label) => label >= classes))
          throw brokenAnswers(`a label predicted for task ${id} is not below ${String(classes)}`);
        const labels = new Uint8Array(order.length);
        for (const [at, position] of order.entries()) labels[position] = sent[at] ?? 0;
        const correct = [...labels].map((label, at) => label === truth[at]);
        return {
          id,
          right: correct.filter(Boolean).length,
          macro: macroScores(confusionMatrix(truth, labels, classes)),
          correct: packCorrectness(correct),
        };
      });
      const examples = order.length;
      return {
        result: {
          kind: "multi-task",
          examples,
          tasks: scored.map(({ id, right, macro, correct }) => ({
            id,
            accuracy: right / examples,
            ...macro,
            correct,
          })),
          validation: { ...validation() },
        },
        metrics: scored.flatMap(({ id, right, macro }) => {
          const shared = { task: id, unit: "share", direction: "higher", count: examples } as const;
          return [
            shareOfExamples("accuracy", id, right, examples),
            plainMetric("macro precision", macro.precision, shared),
            plainMetric("macro recall", macro.recall, shared),
            plainMetric("macro F1", macro.f1, shared),
          ];
        }),
      };
    },
  };
}
