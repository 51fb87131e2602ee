import { mean } from "../../statistics/index.ts";
import type { TrialResult } from "../result.ts";
import { malformed, type AdaptationValues, type Items, type ResultReader } from "./reader.ts";

type Classification = Extract<TrialResult, { kind: "few-shot-classification" }>;
type Regression = Extract<TrialResult, { kind: "few-shot-regression" }>;

function curveOf(
  { steps, headlineStep, oneShot }: Classification | Regression,
  values: readonly Items[],
): AdaptationValues {
  const episodes = values[0]?.length ?? 0;
  if (values.length !== steps.length || episodes === 0 || values.some((row) => row.length !== episodes))
    throw malformed("its episodes do not form one row per step, all of one length");
  return { steps, headlineStep, oneShot, values };
}

function headlineOf({ steps, headlineStep, values }: AdaptationValues): Items {
  const row = values[steps.indexOf(headlineStep)];
  if (!row) throw malformed(`its headline step ${String(headlineStep)} is not among its steps`);
  return row;
}

const accuracies = (result: Classification) =>
  curveOf(
    result,
    result.correct.map((row) => row.map((right) => right / result.queriesPerEpisode)),
  );
const errors = (result: Regression) => curveOf(result, result.squaredError);

/** Reads few-shot episodes that were answered with labels. */
export const classificationReader: ResultReader<Classification> = {
  testSet: (result) => result.episodesHash,
  episodesHash: (result) => result.episodesHash,
  transductive: (result) => result.transductive,
  headline: (result) => headlineOf(accuracies(result)),
  adaptation: accuracies,
  tasks: () => new Map(),
  classification: ({ precision, recall, f1 }) =>
    new Map([["", { precision: mean(precision), recall: mean(recall), f1: mean(f1) }]]),
  validation: () => null,
};

/** Reads few-shot episodes that were answered with numbers. */
export const regressionReader: ResultReader<Regression> = {
  testSet: (result) => result.episodesHash,
  episodesHash: (result) => result.episodesHash,
  transductive: () => false,
  headline: (result) => headlineOf(errors(result)),
  adaptation: errors,
  tasks: () => new Map(),
  classification: () => new Map(),
  validation: () => null,
};
