import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulateGate } from "./simulated-gate.test-support.ts";
import { decide, type Question } from "./decide.ts";
import { levelOf } from "./levels.ts";
import { boundsOf, pAbove, pairedTest, pBelow, twoSampleTest } from "./seed-tests.ts";

const scores = (...values: readonly number[]) => new Map(values.map((value, seed) => [seed, value]));
const question: Question = { margin: 0.01, regressionLevel: levelOf(1), passLevel: levelOf(1) };
const baseline = scores(0.912, 0.908, 0.915, 0.911, 0.909, 0.913, 0.91, 0.914);
const plus = (amount: number) => new Map([...baseline].map(([seed, score]) => [seed, score + amount]));

function some<T>(value: T | null): T {
  if (value === null) throw new Error("There is no test.");
  return value;
}

describe("the tests of a drop", () => {
  // scipy 1.17.1: ttest_ind and ttest_rel of [0.90, 0.92, 0.94] against [0.88, 0.93, 0.89], alternative "greater".
  const [a, b] = [scores(0.9, 0.92, 0.94), scores(0.88, 0.93, 0.89)];

  it("are Student's, pooled and paired, as scipy computes them", () => {
    expect(pAbove(some(twoSampleTest(a, b)), 0)).toBeCloseTo(0.17761621525777, 12);
    expect(pAbove(some(pairedTest(a, b)), 0)).toBeCloseTo(0.18377223398316, 12);
  });

  it("have an interval that holds the values they do not reject", () => {
    const test = some(twoSampleTest(a, b));
    const { low, high } = boundsOf(test, 0.02);
    expect(pAbove(test, low)).toBeCloseTo(0.02, 10);
    expect(pBelow(test, high)).toBeCloseTo(0.02, 10);
  });

  it("are not there where nothing is known of how seeds differ", () => {
    expect(twoSampleTest(scores(0.9), scores(0.8))).toBeNull();
    expect(pairedTest(scores(0.9), scores(0.8))).toBeNull();
    expect(
      pairedTest(
        scores(0.9, 0.8),
        new Map([
          [7, 0.9],
          [8, 0.8],
        ]),
      ),
    ).toBeNull();
  });
});

describe("a decision", () => {
  it("is a regression where every seed lost three points, by the paired test where seeds differ much", () => {
    expect(decide(baseline, plus(-0.03), question)).toMatchObject({ verdict: "regression" });
    const noisy = scores(0.95, 0.8, 0.99, 0.7, 0.91);
    const lost = new Map([...noisy].map(([seed, score]) => [seed, score - 0.03 + seed * 1e-4]));
    expect(decide(noisy, lost, question)).toMatchObject({ verdict: "regression", decidedBy: "paired" });
  });

  it("is no regression for a change that is smaller than the margin, and an improvement for a large gain", () => {
    expect(decide(baseline, plus(-0.001), question).verdict).toBe("no-regression");
    expect(decide(baseline, plus(0.03), question).verdict).toBe("improvement");
  });

  it("needs two candidate seeds to blame, however far the first is off", () => {
    expect(decide(baseline, scores(0.5), question).verdict).toBe("inconclusive");
    expect(decide(baseline, scores(0.5, 0.51), question).verdict).toBe("regression");
  });

  it("says how many seeds would do, and they do", () => {
    const before = scores(0.9, 0.91, 0.92);
    const after = scores(0.902, 0.905, 0.917);
    const { verdict, seedsToSettle } = decide(before, after, { ...question, margin: 0.02 });
    expect(verdict).toBe("inconclusive");
    expect(seedsToSettle).toBeGreaterThan(3);
    expect(seedsToSettle).toBeLessThan(30);
    expect(decide(scores(0.9), scores(0.9), question).seedsToSettle).toBeNull();
  });

  it("compares a drop exactly where seeds do not differ", () => {
    const constant = scores(0.5, 0.5, 0.5);
    expect(decide(constant, scores(0.48, 0.48, 0.48), question).verdict).toBe("regression");
    expect(decide(constant, scores(0.495, 0.495, 0.495), question).verdict).toBe("no-regression");
  });

  it("does not change where all scores move together, and turns round where the sides are exchanged", () => {
    const several = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(several, several, fc.integer({ min: -500, max: 500 }), (a, b, shift) => {
        const of = (values: readonly number[], by = 0) =>
          scores(...values.map((value) => (value + by) / 1024));
        const one = decide(of(a), of(b), question);
        const moved = decide(of(a, shift), of(b, shift), question);
        expect(moved.drop).toBeCloseTo(one.drop, 10);
        const turned = decide(of(b), of(a), question);
        if (one.verdict === "regression") expect(turned.verdict).toBe("improvement");
      }),
      { numRuns: 200 },
    );
  });
});

describe("the gate on simulated seeds", () => {
  const simulate = (more: Partial<Parameters<typeof simulateGate>[0]>) =>
    simulateGate({ sets: 2000, cells: 1, deviation: 0.0124, correlation: 0, drop: 0, margin: 0.01, ...more });

  it.each([
    [1, 2000],
    [4, 1000],
    [12, 500],
    [24, 300],
  ])("calls %i cells without a change a regression in at most 3 of 100 runs", (cells, sets) => {
    expect(simulate({ cells, sets }).alarms).toBeLessThanOrEqual(0.03);
  });

  it("finds a planted loss of 3 points in at least 90 of 100 runs, and 5 points at a margin of 2 deviations", () => {
    expect(simulate({ drop: 0.03 }).alarms).toBeGreaterThanOrEqual(0.9);
    expect(simulate({ drop: 0.03, correlation: 0.9 }).alarms).toBeGreaterThanOrEqual(0.99);
    expect(simulate({ drop: 0.05, margin: 0.0248, cells: 12, sets: 300 }).alarms).toBeGreaterThanOrEqual(0.9);
  });

  it("passes a drop of exactly the margin in at most 5 of 100 runs", () => {
    expect(simulate({ drop: 0.01 }).passed).toBeLessThanOrEqual(0.05);
    expect(simulate({ drop: 0.01, deviation: 0.005 }).passed).toBeLessThanOrEqual(0.05);
  });

  it("is not misled by a method of which one seed in twenty collapses", () => {
    expect(simulate({ deviation: 0.005, collapses: 0.05 }).alarms).toBeLessThanOrEqual(0.015);
  });
});
