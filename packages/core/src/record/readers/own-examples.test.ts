import { describe, expect, it } from "vitest";
import { accuracyInterval, mean } from "../../statistics/index.ts";
import type { TaskResult } from "../result.ts";
import { ownExamplesReader } from "./own-examples.ts";

const result = (tasks: readonly TaskResult[]) => ({
  kind: "multi-task-own-examples" as const,
  tasks: [...tasks],
  validation: {},
});
const values = (id: string, squaredError: number[], squaredDeviation: number[]): TaskResult => ({
  target: "values",
  id,
  examples: squaredError.length,
  squaredError,
  absoluteError: squaredError.map(Math.sqrt),
  squaredDeviation,
});
/** `correct` of some examples, one bit each. */
const classes = (id: string, correct: readonly boolean[]): TaskResult => ({
  target: "class",
  id,
  examples: correct.length,
  precision: 0.5,
  recall: 0.5,
  f1: 0.5,
  negativeLogLikelihood: 0.7,
  calibration: Array.from({ length: 15 }, () => [0, 0, 0] as const),
  correct: Buffer.from([parseInt(correct.map(Number).join("").padEnd(8, "0"), 2)]).toString("base64"),
});

describe("tasks with examples of their own", () => {
  it("have the explained variance over all examples as headline", () => {
    // By hand: 1 − (1 + 3 + 2 + 2) / (4 + 4 + 4 + 4) = 0.5.
    const both = result([values("a", [1, 3], [4, 4]), values("b", [2, 2], [4, 4])]);
    expect(mean(ownExamplesReader.headline(both))).toBeCloseTo(0.5, 12);
    const byTask = ownExamplesReader.tasks(both);
    expect(mean(byTask.get("a") ?? [])).toBeCloseTo(0.5, 12);
    expect(ownExamplesReader.headline(both)).toHaveLength(4);
  });

  it("have the mean over tasks of accuracy as headline where targets are classes", () => {
    // By hand: (3/4 + 1/2) / 2 = 0.625, not 4/6.
    const both = result([classes("a", [true, true, true, false]), classes("b", [true, false])]);
    const headline = ownExamplesReader.headline(both);
    expect(mean(headline)).toBeCloseTo(0.625, 12);
    // The variance of the mean over tasks is Σ varianceₜ / T²: (0.25/4 + 0.5/2) / 4, by hand, but for n/(n − 1).
    const half = accuracyInterval([headline]).standardError ?? 0;
    expect(half ** 2).toBeGreaterThan(0.0625 / 4 + 0.25 / 4 - 1e-9);
  });

  it("are refused where a list is cut short", () => {
    expect(() => ownExamplesReader.headline(result([values("a", [1, 3], [4])]))).toThrow(/lengths/);
  });
});
