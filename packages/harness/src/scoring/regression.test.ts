import { describe, expect, it } from "vitest";
import { regressionScorer } from "./regression.ts";

const hash = "cd".repeat(32);
const truth = [Float32Array.of(0, 1), Float32Array.of(2, -2)];
const scored = (predictions: readonly number[], steps = [0, 1]) => {
  const scorer = regressionScorer(truth, hash);
  scorer.add({
    type: "answers",
    kind: "few-shot-regression",
    from: 0,
    steps,
    oneShot: false,
    headlineStep: steps.at(-1) ?? 0,
    predictions: Float32Array.from(predictions),
  });
  return scorer.finish({ transductive: false });
};

describe("few-shot regression is scored", () => {
  it("by the mean squared error of each episode and step", () => {
    // Episode 1: (1² + 0²) / 2 = 0.5, then 0. Episode 2: (2² + 2²) / 2 = 4, then (1² + 3²) / 2 = 5.
    const { result, metrics } = scored([1, 1, 0, 1, 0, 0, 1, 1]);
    expect(result).toMatchObject({
      kind: "few-shot-regression",
      queriesPerEpisode: 2,
      squaredError: [
        [0.5, 4],
        [0, 5],
      ],
    });
    // 2.25 before the step, 2.5 after it: nothing was gained, so there are no steps to 90 % of it.
    expect(metrics.map(({ name, value, direction }) => [name, value, direction])).toEqual([
      ["mean squared error", 2.5, "lower"],
    ]);
  });

  it("never with a number that is not finite", () => {
    expect(() => scored([NaN, 1, 0, 1, 0, 0, 1, 1])).toThrow(/not finite/);
  });
});
