import type { CalibrationBin } from "../../metrics/index.ts";
import { shouldBe, type Fault } from "./fault.ts";

/** Rounded sums of confidences may be this much greater than their count. */
const rounding = 1e-6;

/**
 * Checks bins of predictions by confidence.
 *
 * @param predictions how many there are in all
 * @param right how many of them are right
 */
export function calibrationFaults(
  field: string,
  bins: readonly CalibrationBin[] | undefined,
  predictions: number,
  right: number,
): readonly Fault[] {
  if (!bins) return [];
  const over = bins.findIndex(
    ([count, correct, confidence]) => correct > count || confidence > count * (1 + rounding),
  );
  if (over >= 0)
    return [
      { field: `${field}.${String(over)}`, what: "more are right, or surer, than there are predictions" },
    ];
  const [counted, correct] = [0, 1].map((at) => bins.reduce((total, bin) => total + (bin[at] ?? 0), 0));
  return [
    ...(counted === predictions ? [] : [shouldBe(field, counted, predictions, "the number of predictions")]),
    ...(correct === right ? [] : [shouldBe(field, correct, right, "the number of right predictions")]),
  ];
}
