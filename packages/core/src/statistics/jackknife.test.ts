import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pseudoValues } from "./jackknife.ts";
import { mean } from "./mean.ts";

const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 30 });
const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);

describe("pseudoValues", () => {
  it("are the values themselves where the metric is their mean", () => {
    fc.assert(
      fc.property(values, (items) => {
        const without = (i: number) => (sum(items) - (items[i] ?? 0)) / (items.length - 1);
        const pseudo = pseudoValues(items.length, mean(items), without);
        for (const [i, value] of items.entries()) expect(pseudo[i]).toBeCloseTo(value, 6);
      }),
    );
  });

  it("have the metric as their mean, whatever it is", () => {
    fc.assert(
      fc.property(values, (items) => {
        const square = (numbers: readonly number[]) => mean(numbers) ** 2;
        const pseudo = pseudoValues(items.length, square(items), (i) =>
          square(items.filter((_, other) => other !== i)),
        );
        expect(mean(pseudo)).toBeCloseTo(square(items), 6);
      }),
    );
  });

  it("give the standard error of a ratio that its linearisation gives", () => {
    // Σe/Σd of 400 pairs. Linearised: variance = Σ (e − r·d)² / (n·(n − 1)·mean(d)²).
    const errors = Array.from({ length: 400 }, (_, i) => 1 + Math.sin(i * 7.3) ** 2);
    const sizes = Array.from({ length: 400 }, (_, i) => 3 + Math.cos(i * 3.1));
    const [e, d] = [sum(errors), sum(sizes)];
    const pseudo = pseudoValues(400, e / d, (i) => (e - (errors[i] ?? 0)) / (d - (sizes[i] ?? 0)));
    const spread = sum(pseudo.map((value) => (value - e / d) ** 2)) / 399 / 400;
    const linear =
      sum(errors.map((error, i) => (error - (e / d) * (sizes[i] ?? 0)) ** 2)) / (400 * 399 * (d / 400) ** 2);
    expect(Math.sqrt(spread)).toBeCloseTo(Math.sqrt(linear), 4);
  });
});
