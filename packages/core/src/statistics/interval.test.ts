import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden } from "../golden.test-support.ts";
import { halfWidth, studentInterval, wilsonInterval } from "./interval.ts";

describe("halfWidth", () => {
  it.each(golden.tQuantiles)(
    "uses scipy's 97.5 %% point of t with %d degrees of freedom",
    (df = 0, point = 0) => {
      expect(halfWidth(1, df) / point).toBeCloseTo(1, 9);
    },
  );
});

describe("studentInterval", () => {
  it("agrees with scipy's t.interval", () => {
    const { low, high, degreesOfFreedom } = studentInterval(golden.student.values);
    expect(low).toBeCloseTo(golden.student.interval[0] ?? 0, 12);
    expect(high).toBeCloseTo(golden.student.interval[1] ?? 0, 12);
    expect(degreesOfFreedom).toBe(24);
  });

  it("has no width where nothing varies", () => {
    expect(studentInterval([0.5, 0.5, 0.5])).toMatchObject({ low: 0.5, mean: 0.5, high: 0.5 });
  });

  it("refuses a single value", () => {
    expect(() => studentInterval([1])).toThrow(/1 values define no interval/);
  });
});

describe("wilsonInterval", () => {
  it.each(golden.wilson)("agrees with statsmodels for $successes of $n", ({ successes, n, interval }) => {
    const { low, high } = wilsonInterval(successes, n);
    expect(low).toBeCloseTo(interval[0] ?? 0, 12);
    expect(high).toBeCloseTo(interval[1] ?? 0, 12);
  });

  it("contains the share, lies in 0…1 and always has a width", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const { mean, low, high } = wilsonInterval(share * n, n);
          expect(low).toBeLessThanOrEqual(mean);
          expect(mean).toBeLessThanOrEqual(high);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThan(high);
        },
      ),
    );
  });

  it.each([
    [3, 2],
    [-1, 2],
    [0, 0],
  ])("refuses %d of %d", (successes, n) => {
    expect(() => wilsonInterval(successes, n)).toThrow(/are no proportion/);
  });
});
