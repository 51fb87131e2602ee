import { MetabenchError } from "../errors.ts";
import { improvement } from "./direction.ts";
import type { Direction } from "./direction.ts";

/** A metric's mean over episodes after some numbers of adaptation steps. */
export interface AdaptationCurve {
  /** Rising, from 0 (before any step). */
  readonly steps: readonly number[];
  /** The metric after each of `steps`. */
  readonly values: readonly number[];
}

function checkCurve({ steps, values }: AdaptationCurve): void {
  const rising = steps.every((step, i) => i === 0 || step > (steps[i - 1] ?? 0));
  if (steps.length !== values.length || steps[0] !== 0 || !rising)
    throw new MetabenchError(
      "invalid-usage",
      `An adaptation curve has steps [${steps.join(", ")}] and ${values.length} values; give rising steps from 0 and a value for each.`,
    );
}

/**
 * The smallest recorded step whose mean has made 90 % of the way from step 0 to the best step. Descriptive.
 *
 * Null, not applicable: without improvement on step 0, or for a one-shot adapter, whose curve has one point.
 *
 * @throws MetabenchError `invalid-usage` if the curve does not rise from step 0 with a value for each step.
 */
export function stepsTo90Percent(curve: AdaptationCurve, direction: Direction): number | null {
  checkCurve(curve);
  const gains = curve.values.map((value) => improvement(value, curve.values[0] ?? 0, direction));
  const best = Math.max(...gains);
  if (!(best > 0)) return null;
  return curve.steps[gains.findIndex((gain) => gain >= 0.9 * best)] ?? null;
}

/** The area under an adaptation curve is taken over steps 0 to this one. */
export const areaSteps = 10;

/**
 * Trapezoid area under the curve over steps 0…10, divided by 10: the mean of the metric along the way, in its own unit
 * and direction. Null, not applicable, where steps 0 and 10 were not both recorded.
 *
 * @throws MetabenchError `invalid-usage` as {@link stepsTo90Percent}.
 */
export function areaUnderAdaptationCurve(curve: AdaptationCurve): number | null {
  checkCurve(curve);
  const { steps, values } = curve;
  const last = steps.indexOf(areaSteps);
  if (last < 1) return null;
  let area = 0;
  for (let i = 1; i <= last; i += 1)
    area += (((values[i] ?? 0) + (values[i - 1] ?? 0)) / 2) * ((steps[i] ?? 0) - (steps[i - 1] ?? 0));
  return area / areaSteps;
}
