import { randomStream } from "./random.ts";
import { expect, it } from "vitest";
import { symmetricBeta } from "./symmetric-beta.ts";

it.each([0.001, 0.2, 1, 1.5, 8])("has the mean and the variance of Beta(α, α), α = %d", (alpha) => {
  const random = randomStream(`test/beta/${String(alpha)}`);
  const draws = Array.from({ length: 20_000 }, () => symmetricBeta(alpha, random));
  for (const draw of draws) {
    expect(draw).toBeGreaterThanOrEqual(0);
    expect(draw).toBeLessThanOrEqual(1);
  }
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  // Five standard errors of the mean, and 5 % of α² / ((2α)² (2α + 1)) = 1 / (4 (2α + 1)).
  const expected = 1 / (4 * (2 * alpha + 1));
  expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(expected / draws.length));
  expect(variance / expected).toBeGreaterThan(0.95);
  expect(variance / expected).toBeLessThan(1.05);
});

it("is uniform at α = 1", () => {
  const random = randomStream("test/beta/uniform");
  const tenths = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 10_000; draw += 1) {
    const tenth = Math.min(9, Math.floor(10 * symmetricBeta(1, random)));
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  // 1000 each, standard deviation 30.
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
