import { areaUnderAdaptationCurve, stepsTo90Percent } from "../metrics/index.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import { estimateOf } from "./estimation.ts";
import type { Headline } from "./leaderboard.ts";
import { valuesByStep } from "./measurements.ts";
import type { AdaptationSummary } from "./row.ts";

/** The adaptation curve of a row over all its seeds and episodes; null in multi-task learning, which adapts to nothing. */
export function adaptationOf(
  records: readonly CompletedRecord[],
  headline: Headline,
): AdaptationSummary | null {
  const frozen = records.flatMap((record) =>
    record.result.kind === "multi-task"
      ? []
      : [{ result: record.result, values: valuesByStep(record, record.result) }],
  );
  const [first] = frozen;
  if (!first) return null;
  const { headlineStep, oneShot } = first.result;
  // Of steps that not every seed took there is no curve of the row.
  const steps = first.result.steps.filter((step) =>
    frozen.every(({ result }) => result.steps.includes(step)),
  );
  const points = steps.map((step) =>
    estimateOf(
      frozen.map(({ result, values }) => values[result.steps.indexOf(step)] ?? []),
      headline,
    ),
  );
  const curve = { steps, values: points.map((point) => point.mean) };
  return {
    steps,
    curve: points,
    headlineStep,
    oneShot,
    stepsTo90: oneShot ? null : stepsTo90Percent(curve, headline.direction),
    area: oneShot ? null : areaUnderAdaptationCurve(curve),
  };
}
