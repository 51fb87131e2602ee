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
  const { steps, headlineStep, oneShot } = first.result;
  const points = steps.map((_, at) =>
    estimateOf(
      frozen.map(({ values }) => values[at] ?? []),
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
