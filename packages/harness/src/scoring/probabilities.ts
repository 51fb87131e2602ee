import { calibration, type CalibrationBin } from "@metabench/core";
import { brokenAnswers } from "./answers.ts";

/** How far rows of probabilities may be from a sum of 1: float32 noise of hundreds of classes. */
const tolerance = 1e-3;

/** What predicted probabilities are worth: per group the mean negative log-likelihood, and the calibration of all together. */
export interface Likelihood {
  readonly negativeLogLikelihood: number[];
  readonly calibration: CalibrationBin[];
}

/** Some predictions: their right labels, predicted labels, and logarithms of the classes' probabilities `[n, classes]`. */
export interface PredictedClasses {
  readonly labels: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  readonly logProbabilities: Float32Array;
}

/**
 * Scores predicted probabilities, group by group.
 *
 * @throws MetabenchError `contract-broken` where they are no probabilities
 */
export function scoreProbabilities(groups: readonly PredictedClasses[], classes: number): Likelihood {
  const all = calibration();
  const negativeLogLikelihood = groups.map(({ labels, predicted, logProbabilities }) => {
    if (logProbabilities.length !== labels.length * classes)
      throw brokenAnswers(
        `${String(logProbabilities.length)} probabilities came for ${String(labels.length)} examples of ${String(classes)} classes`,
      );
    let sum = 0;
    for (let at = 0; at < labels.length; at += 1) {
      const row = logProbabilities.subarray(at * classes, (at + 1) * classes);
      const total = row.reduce((mass, value) => mass + Math.exp(value), 0);
      if (!(Math.abs(total - 1) < tolerance)) throw brokenAnswers(`probabilities sum to ${String(total)}`);
      const [label = 0, guess = 0] = [labels[at], predicted[at]];
      sum -= Math.min(0, row[label] ?? 0);
      all.add(Math.min(1, Math.exp(row[guess] ?? 0)), label === guess);
    }
    return Number((sum / labels.length).toPrecision(7));
  });
  return { negativeLogLikelihood, calibration: all.bins() };
}
