import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areaUnderAdaptationCurve, stepsTo90Percent } from "./adaptation.ts";

const curve = (...values: number[]) => ({ steps: values.map((_, s) => s), values });

// Expected values by arithmetic on paper.
describe("stepsTo90Percent", () => {
  it("finds the first step with 90 % of the way to the best", () => {
    expect(stepsTo90Percent(curve(0.2, 0.5, 0.65, 0.7, 0.69), "higher")).toBe(2);
    expect(stepsTo90Percent(curve(4, 2, 1, 0.5, 0.4), "lower")).toBe(3);
  });

  it("counts steps, not points", () => {
    expect(stepsTo90Percent({ steps: [0, 1, 5, 10], values: [0, 0.1, 0.95, 1] }, "higher")).toBe(5);
  });

  it("is not applicable without improvement, or to a one-shot adapter", () => {
    expect(stepsTo90Percent(curve(0.5, 0.4, 0.5), "higher")).toBeNull();
    expect(stepsTo90Percent(curve(0.4, 0.5), "lower")).toBeNull();
    expect(stepsTo90Percent(curve(0.9), "higher")).toBeNull();
  });

  it("is the same for a metric turned round", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 12 }), (values) => {
        expect(stepsTo90Percent(curve(...values.map((v) => -v)), "lower")).toBe(
          stepsTo90Percent(curve(...values), "higher"),
        );
      }),
    );
  });

  it("refuses steps that do not rise from 0", () => {
    expect(() => stepsTo90Percent({ steps: [1, 2], values: [0, 1] }, "higher")).toThrow(
      /rising steps from 0/,
    );
    expect(() => stepsTo90Percent({ steps: [0, 2, 2], values: [0, 1, 2] }, "higher")).toThrow(/rising/);
    expect(() => areaUnderAdaptationCurve({ steps: [0, 1], values: [0] })).toThrow(/1 values/);
  });
});

describe("areaUnderAdaptationCurve", () => {
  it("is the trapezoid over steps 0…10, divided by 10, whatever comes later", () => {
    expect(areaUnderAdaptationCurve(curve(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))).toBeCloseTo(0.95, 12);
    expect(areaUnderAdaptationCurve(curve(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 50))).toBeCloseTo(0.95, 12);
    expect(areaUnderAdaptationCurve({ steps: [0, 2, 10], values: [0, 1, 0.5] })).toBeCloseTo(
      (1 + 6) / 10,
      12,
    );
  });

  it("is a constant's own value", () => {
    expect(areaUnderAdaptationCurve(curve(...new Array<number>(11).fill(0.3)))).toBeCloseTo(0.3, 12);
  });

  it("is not applicable where step 10 was not reached", () => {
    expect(areaUnderAdaptationCurve(curve(0.1, 0.2))).toBeNull();
    expect(areaUnderAdaptationCurve(curve(0.1))).toBeNull();
  });
});
