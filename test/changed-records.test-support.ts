import { metricsOf, type CompletedRecord } from "@metabench/core";

/** A record of few-shot classification with other right answers `[steps][episodes]`, and with all that follows from them. */
export function withRightAnswers(
  record: CompletedRecord,
  answers: (correct: readonly (readonly number[])[]) => number[][],
): CompletedRecord {
  if (record.result.kind !== "few-shot-classification") throw new Error("The record is of another kind.");
  const { queriesPerEpisode, steps, headlineStep } = record.result;
  const correct = answers(record.result.correct);
  const recall = (correct[steps.indexOf(headlineStep)] ?? []).map((right) => right / queriesPerEpisode);
  const result = { ...record.result, correct, recall, precision: recall, f1: recall };
  // What the answers' probabilities were is not known of answers that were never given.
  delete result.negativeLogLikelihood;
  delete result.calibration;
  const changed = { ...record, result, metrics: metricsOf(result) };
  delete changed.robustness;
  return changed;
}
