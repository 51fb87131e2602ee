import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibration, expectedCalibrationError, logSoftmax } from "./calibration.ts";

describe("expected calibration error", () => {
  it("is the gap of each bin, weighted by its predictions", () => {
    // By hand: 0.9 three times, two right, and 0.6 once, right. Gaps |2 − 2.7| and |1 − 0.6|, over 4: 0.275.
    const all = calibration();
    all.add(0.9, true);
    all.add(0.9, true);
    all.add(0.9, false);
    all.add(0.6, true);
    expect(expectedCalibrationError(all.bins())).toBeCloseTo(0.275, 12);
  });

  it("is 0 for certainty that is always right, 1 for certainty that is always wrong, null without predictions", () => {
    const [right, wrong] = [calibration(), calibration()];
    for (let i = 0; i < 5; i += 1) {
      right.add(1, true);
      wrong.add(1, false);
    }
    expect(expectedCalibrationError(right.bins())).toBe(0);
    expect(expectedCalibrationError(wrong.bins())).toBe(1);
    expect(expectedCalibrationError(calibration().bins())).toBeNull();
  });
});

describe("logSoftmax", () => {
  const row = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 3, maxLength: 3 });

  it("gives logarithms of probabilities that sum to 1, unmoved by a constant", () => {
    fc.assert(
      fc.property(row, fc.double({ min: -100, max: 100, noNaN: true }), (logits, shift) => {
        const logs = logSoftmax(logits, 3);
        expect(logs.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 4);
        const moved = logSoftmax(
          logits.map((logit) => logit + shift),
          3,
        );
        for (const [at, value] of logs.entries()) expect(moved[at]).toBeCloseTo(value, 2);
      }),
    );
  });
});
