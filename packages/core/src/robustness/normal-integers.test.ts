import { describe, expect, it } from "vitest";
import { randomStream } from "../sampling/random.ts";
import { normalDistribution, normalIntegers } from "./normal-integers.ts";

// Python 3.11: erfc(−x/√2)/2 of its math module.
const golden: readonly (readonly [x: number, value: number])[] = [
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1, 0.8413447460685429],
  [-1.96, 0.024997895148220435],
  [3, 0.9986501019683699],
  [-4, 3.1671241833119965e-5],
  [6, 0.9999999990134123],
];

describe("normalDistribution", () => {
  it.each(golden)("of %d is %d", (x, value) => {
    expect(normalDistribution(x)).toBeCloseTo(value, 14);
  });
});

describe("normalIntegers", () => {
  it.each([25.5, 51, 102, 0.3])("has mean 0 and the deviation asked for: %d", (deviation) => {
    const random = randomStream(`normal/${String(deviation)}`);
    const draw = normalIntegers(deviation);
    const count = 40_000;
    const values = Array.from({ length: count }, () => draw(random));
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    // Rounding adds 1/12 where the deviation is not small against 1; of 0.3 it is Σ k² P(k) = 0.0956 by the definition.
    const expected = deviation < 1 ? 0.0956 : deviation ** 2 + 1 / 12;
    expect(Math.abs(mean)).toBeLessThan((4 * Math.sqrt(expected)) / Math.sqrt(count));
    expect(variance / expected).toBeGreaterThan(0.93);
    expect(variance / expected).toBeLessThan(1.07);
  });

  it("has the shares of a normal distribution, by the chi-squared statistic", () => {
    const random = randomStream("normal/shares");
    const deviation = 10;
    const draw = normalIntegers(deviation);
    const count = 100_000;
    const cells = new Map<number, number>();
    // Cells of three integers; the outer ones are open.
    const cellOf = (k: number) => Math.max(-9, Math.min(9, Math.round(k / 3)));
    for (let i = 0; i < count; i += 1) {
      const cell = cellOf(draw(random));
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    let statistic = 0;
    for (let cell = -9; cell <= 9; cell += 1) {
      const low = cell === -9 ? 0 : normalDistribution((3 * cell - 1.5) / deviation);
      const high = cell === 9 ? 1 : normalDistribution((3 * cell + 1.5) / deviation);
      const expected = count * (high - low);
      statistic += ((cells.get(cell) ?? 0) - expected) ** 2 / expected;
    }
    // 99.9 % point of chi-squared with 18 degrees of freedom: 42.31 (scipy.stats.chi2.ppf).
    expect(statistic).toBeLessThan(42.31);
  });

  it("reaches both ends without leaving them", () => {
    const draw = normalIntegers(1);
    const fixed = (word: number) => ({ uint32: () => word });
    // Φ(−5.5) · 2³² is 81.6, Φ(−6.5) · 2³² less than a half.
    expect([0, 81, 82].map((word) => draw(fixed(word)))).toEqual([-6, -6, -5]);
    expect(draw(fixed(2 ** 32 - 1))).toBe(6);
    expect(draw(fixed(2 ** 31))).toBe(0);
  });

  it.each([0, -1, NaN])("refuses a deviation of %d", (deviation) => {
    expect(() => normalIntegers(deviation)).toThrow(expect.objectContaining({ code: "invalid-usage" }));
  });
});
