import { areaSteps, areaUnderAdaptationCurve } from "../metrics/index.ts";
import { readResult } from "../record/readers/index.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import { adaptationSteps, valuesAt } from "./adaptation-steps.ts";
import type { Estimate } from "./estimate.ts";
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
  const values = valuesAt(curves, steps);
  const points = values.map((at) => estimateOf(at, headline));
  const curve = { steps, values: points.map((point) => point.mean) };
  return {
    steps,
    curve: points,
    headlineStep,
    oneShot,
    stepsTo90: oneShot ? null : adaptationSteps(steps, values, headline, chanceOf(records, points)),
    // The mean along the way to step 10 says nothing of a method whose result is taken later.
    area: oneShot || headlineStep > areaSteps ? null : areaUnderAdaptationCurve(curve),
  };
}

/** The score of guessing a class, and the lower end of the interval at step 0; null where there is no guessing. */
function chanceOf(records: readonly CompletedRecord[], [start]: readonly Estimate[]) {
  const protocol = records[0]?.spec.protocol;
  if (!start || !protocol || !("ways" in protocol)) return null;
  return { score: 1 / protocol.ways, low: start.low };
}
