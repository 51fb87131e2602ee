import { areaUnderAdaptationCurve, stepsTo90Percent } from "../metrics/index.ts";
import { readResult } from "../record/readers/index.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import { estimateOf } from "./estimation.ts";
import type { Headline } from "./leaderboard.ts";
import type { AdaptationSummary } from "./row.ts";

/** The adaptation curve of a row over all its seeds and episodes; null in regimes that do not adapt. */
export function adaptationOf(
  records: readonly CompletedRecord[],
  headline: Headline,
): AdaptationSummary | null {
  const curves = records.flatMap((record) => readResult(record).adaptation() ?? []);
  const [first] = curves;
  if (!first) return null;
  const { headlineStep, oneShot } = first;
  // Of steps that not every seed took there is no curve of the row.
  const steps = first.steps.filter((step) => curves.every((curve) => curve.steps.includes(step)));
  const points = steps.map((step) =>
    estimateOf(
      curves.map((curve) => curve.values[curve.steps.indexOf(step)] ?? []),
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
