import type { Protocol } from "../../protocol/index.ts";
import type { TrialResult } from "../result.ts";
import { calibrationFaults } from "./calibration.ts";
import { lengthFaults, limitFaults, shouldBe, type Fault } from "./fault.ts";

type Classification = Extract<TrialResult, { kind: "few-shot-classification" }>;
type Regression = Extract<TrialResult, { kind: "few-shot-regression" }>;

/** Episodes' averages are stored with six decimals. */
const rounding = 1e-6;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What both kinds of frozen episodes must agree in: steps, and a row of all episodes per step. */
function rowFaults(
  result: Classification | Regression,
  name: string,
  rows: readonly (readonly number[])[],
  protocol: Protocol,
): readonly Fault[] {
  const { steps, headlineStep, oneShot, queriesPerEpisode } = result;
  const episodes = "testEpisodes" in protocol ? protocol.testEpisodes : 0;
  const queries =
    "queries" in protocol ? protocol.queries * ("ways" in protocol ? protocol.ways : 1) : queriesPerEpisode;
  const falling = steps.findIndex((step, at) => at > 0 && step <= (steps[at - 1] ?? 0));
  return [
    ...(queriesPerEpisode === queries
      ? []
      : [shouldBe("result.queriesPerEpisode", queriesPerEpisode, queries, "what the protocol asks for")]),
    ...(falling < 0 ? [] : [{ field: `result.steps.${String(falling)}`, what: "the steps do not rise" }]),
    ...(steps.includes(headlineStep)
      ? []
      : [{ field: "result.headlineStep", what: `${String(headlineStep)} is not among the steps` }]),
    ...(oneShot === (steps.length === 1)
      ? []
      : [shouldBe("result.oneShot", oneShot, !oneShot, `what ${String(steps.length)} steps say`)]),
    ...lengthFaults(`result.${name}`, rows, steps.length, "step"),
    ...rows.flatMap((row, at) => lengthFaults(`result.${name}.${String(at)}`, row, episodes, "test episode")),
  ];
}

/** Checks few-shot episodes that were answered with labels. */
export function classificationFaults(result: Classification, protocol: Protocol): readonly Fault[] {
  const { correct, queriesPerEpisode, steps, headlineStep, recall } = result;
  const rows = rowFaults(result, "correct", correct, protocol);
  if (rows.length > 0) return rows;
  const headline = correct[steps.indexOf(headlineStep)] ?? [];
  const lists = (["precision", "recall", "f1", "negativeLogLikelihood"] as const).flatMap((name) => {
    const list = result[name];
    return list ? lengthFaults(`result.${name}`, list, headline.length, "test episode") : [];
  });
  // Every class of an episode has as many queries, so the mean of the classes' recalls is the accuracy.
  const odd = recall.findIndex(
    (one, at) => Math.abs(one - (headline[at] ?? 0) / queriesPerEpisode) > rounding,
  );
  return [
    ...correct.flatMap((row, at) =>
      limitFaults(`result.correct.${String(at)}`, row, queriesPerEpisode, "queries per episode"),
    ),
    ...lists,
    ...(odd < 0
      ? []
      : [
          shouldBe(
            `result.recall.${String(odd)}`,
            recall[odd],
            (headline[odd] ?? 0) / queriesPerEpisode,
            "the recall of the episode's right predictions",
          ),
        ]),
    ...calibrationFaults(
      "result.calibration",
      result.calibration,
      headline.length * queriesPerEpisode,
      sum(headline),
    ),
  ];
}

/** Checks few-shot episodes that were answered with numbers. */
export const regressionFaults = (result: Regression, protocol: Protocol): readonly Fault[] =>
  rowFaults(result, "squaredError", result.squaredError, protocol);
