import type { FewShotClassificationProtocol } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { describe, expect, it } from "vitest";
import { classificationScorer } from "./classification.ts";

const protocol = {
  ...(findProtocol("few-shot/double-mnist-28/5w1s").at("quick") as FewShotClassificationProtocol),
  ways: 2,
};
const hash = "ab".repeat(32);
// Two episodes of four queries.
const truth = [Int32Array.of(0, 0, 1, 1), Int32Array.of(1, 0, 1, 0)];
/** Both classes equally likely, for eight queries. */
const even = new Float32Array(16).fill(Math.log(0.5));
const scored = (
  steps: number[],
  headlineStep: number,
  predictions: readonly number[],
  oneShot = false,
  logProbabilities = even,
) => {
  const scorer = classificationScorer(protocol, truth, hash);
  scorer.add({
    type: "answers",
    kind: "few-shot-classification",
    from: 0,
    steps,
    oneShot,
    headlineStep,
    predictions: Uint8Array.from(predictions),
    logProbabilities,
  });
  return scorer.finish({ transductive: false });
};

// Episode 1 at step 0: all 0, two right; at step 1: 0 0 1 0, three right. Episode 2 at step 0: all 1, two right; at step 1 all right.
const twoSteps = [0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0];

describe("few-shot classification is scored", () => {
  it("by right answers a step and episode", () => {
    expect(scored([0, 1], 1, twoSteps).result).toMatchObject({
      kind: "few-shot-classification",
      episodesHash: hash,
      queriesPerEpisode: 4,
      steps: [0, 1],
      headlineStep: 1,
      correct: [
        [2, 2],
        [3, 4],
      ],
      transductive: false,
    });
  });

  it("by macro averages at the headline step", () => {
    // Episode 1, truth 0 0 1 1, answers 0 0 1 0. Class 0: precision 2/3, recall 1, F1 4/5. Class 1: 1, 1/2, 2/3.
    const { result } = scored([0, 1], 1, twoSteps);
    expect(result).toMatchObject({
      precision: [0.833333, 1],
      recall: [0.75, 1],
      f1: [0.733333, 1],
    });
  });

  it("by means over episodes, the headline first", () => {
    const { metrics } = scored([0, 1], 1, twoSteps);
    expect(metrics.map(({ name, value, count }) => [name, value, count])).toEqual([
      ["accuracy", 0.875, 2],
      ["macro precision", expect.closeTo(0.9166665, 9), 2],
      ["macro recall", 0.875, 2],
      ["macro F1", expect.closeTo(0.8666665, 9), 2],
      // Both classes equally likely: ln 2 each; confidence 0.5 where 7 of 8 are right.
      ["negative log-likelihood", expect.closeTo(Math.log(2), 6), 2],
      ["expected calibration error", expect.closeTo(0.375, 6), 2],
      // 0.5 at step 0, 0.875 at step 1: all of the way is made in one step.
      ["steps to 90 %", 1, 2],
    ]);
    expect(metrics[0]?.interval).not.toBeNull();
  });

  it("at the declared step, were a later one better", () => {
    const { metrics, result } = scored([0, 1], 0, twoSteps);
    expect(metrics[0]?.value).toBe(0.5);
    expect(result).toMatchObject({ headlineStep: 0 });
  });

  it("without a curve where the learner adapts in one go", () => {
    const { metrics } = scored([0], 0, [0, 0, 1, 1, 1, 0, 1, 0], true);
    expect(metrics.map(({ name }) => name)).toEqual([
      "accuracy",
      "macro precision",
      "macro recall",
      "macro F1",
      "negative log-likelihood",
      "expected calibration error",
    ]);
    expect(metrics[0]?.value).toBe(1);
  });

  it("with intervals that end where shares do, of precision, recall and F1 as of accuracy", () => {
    // Two episodes: Student's t of one degree of freedom reaches far beyond 1.
    const { metrics } = scored([0, 1], 1, twoSteps);
    expect(metrics.slice(0, 4).map(({ interval }) => interval?.high)).toEqual([1, 1, 1, 1]);
    const { metrics: perfect } = scored([0], 0, [0, 0, 1, 1, 1, 0, 1, 0], true);
    const shares = perfect.slice(0, 4);
    expect(shares.map(({ interval }) => interval?.method)).toEqual(["wilson", "wilson", "wilson", "wilson"]);
  });

  it("by the probability given to the right label", () => {
    // The right label has 0.8 everywhere: −ln 0.8. All are right with confidence 0.8: the gap is 0.2.
    const likely = [0, 0, 1, 1, 1, 0, 1, 0].flatMap((label) => (label === 0 ? [0.8, 0.2] : [0.2, 0.8]));
    const given = Float32Array.from(likely, Math.log);
    const { result, metrics } = scored([0], 0, [0, 0, 1, 1, 1, 0, 1, 0], true, given);
    const expected = expect.closeTo(-Math.log(0.8), 6) as number;
    expect(result).toMatchObject({ negativeLogLikelihood: [expected, expected] });
    expect(metrics.find(({ name }) => name === "expected calibration error")?.value).toBeCloseTo(0.2, 6);
  });

  it("never with numbers that are no probabilities", () => {
    const answers = [0, 0, 1, 1, 1, 0, 1, 0];
    expect(() => scored([0], 0, answers, true, new Float32Array(16))).toThrow(/probabilities sum to 2/);
    expect(() => scored([0], 0, answers, true, even.slice(0, 8))).toThrow(
      /probabilities came for 4 examples/,
    );
  });

  it("never with a label that no class has", () => {
    expect(() => scored([0], 0, [0, 0, 1, 2, 1, 0, 1, 0])).toThrow(/label is not below 2/);
  });
});
