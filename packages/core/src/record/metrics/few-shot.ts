import { mean } from "../../statistics/index.ts";
import type { Metric, TrialResult } from "../result.ts";
import { adaptationMetrics, episodeMean, likelihoodMetrics } from "./metric.ts";

type Classification = Extract<TrialResult, { kind: "few-shot-classification" }>;
type Regression = Extract<TrialResult, { kind: "few-shot-regression" }>;

const share = { unit: "share", direction: "higher" } as const;
const error = { unit: "squared units", direction: "lower" } as const;

/** The accuracy of frozen episodes of which `correct` predictions of each were right. */
export const accuracyOfEpisodes = (correct: readonly number[], queriesPerEpisode: number): Metric =>
  episodeMean(
    correct.map((right) => right / queriesPerEpisode),
    { name: "accuracy", ...share },
  );

/** The metrics of few-shot episodes that were answered with labels. */
export function classificationMetrics(result: Classification): readonly Metric[] {
  const { correct, queriesPerEpisode, steps, headlineStep, negativeLogLikelihood, calibration } = result;
  const headline = correct[steps.indexOf(headlineStep)] ?? [];
  const means = correct.map((row) => mean(row.map((right) => right / queriesPerEpisode)));
  return [
    accuracyOfEpisodes(headline, queriesPerEpisode),
    episodeMean(result.precision, { name: "macro precision", ...share }),
    episodeMean(result.recall, { name: "macro recall", ...share }),
    episodeMean(result.f1, { name: "macro F1", ...share }),
    ...(negativeLogLikelihood && calibration
      ? likelihoodMetrics(
          { negativeLogLikelihood: mean(negativeLogLikelihood), calibration },
          { count: headline.length },
        )
      : []),
    ...adaptationMetrics(steps, means, { ...share, count: headline.length }, result.oneShot),
  ];
}

/** The metrics of few-shot episodes that were answered with numbers. */
export function regressionMetrics(result: Regression): readonly Metric[] {
  const { squaredError, steps, headlineStep, oneShot } = result;
  const headline = squaredError[steps.indexOf(headlineStep)] ?? [];
  return [
    episodeMean(headline, { name: "mean squared error", ...error }),
    ...adaptationMetrics(steps, squaredError.map(mean), { ...error, count: headline.length }, oneShot),
  ];
}
