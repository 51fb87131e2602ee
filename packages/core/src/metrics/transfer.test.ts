import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backwardTransfer, forgetting, forwardTransfer } from "./task-sequence.ts";
import { deltaM, deltaP, episodesHarmed, negativeTransferGap } from "./transfer.ts";
import type { ReferencedMetric } from "./transfer.ts";

// Expected values by arithmetic on paper.
describe("negativeTransferGap", () => {
  it("is positive where the method lost against learning alone, in either direction", () => {
    expect(negativeTransferGap(0.9, 0.95, "higher")).toBeCloseTo(0.05, 12);
    expect(negativeTransferGap(0.97, 0.95, "higher")).toBeCloseTo(-0.02, 12);
    expect(negativeTransferGap(1.5, 1, "lower")).toBeCloseTo(0.5, 12);
    expect(negativeTransferGap(0.5, 1, "lower")).toBeCloseTo(-0.5, 12);
  });
});

/** Segmentation with two metrics better by 10 %, depth with one metric worse by 20 %. */
const segmentation: ReferencedMetric[] = [
  { name: "mean IoU", value: 0.44, reference: 0.4, direction: "higher" },
  { name: "pixel accuracy", value: 0.66, reference: 0.6, direction: "higher" },
];
const depth: ReferencedMetric[] = [
  { name: "absolute error", value: 0.6, reference: 0.5, direction: "lower" },
];

describe("deltaM and deltaP", () => {
  it("weigh metrics and tasks, with opposite signs", () => {
    // Δm = (−10 − 10 + 20)/3, Δp = ((10 + 10)/2 − 20)/2.
    expect(deltaM([...segmentation, ...depth])?.percent).toBeCloseTo(0, 12);
    expect(deltaP([segmentation, depth])?.percent).toBeCloseTo(-5, 12);
  });

  it("have Δm = −Δp where every task has one metric", () => {
    const metric = fc.record({
      name: fc.string(),
      value: fc.double({ min: 0, max: 10, noNaN: true }),
      reference: fc.double({ min: 0.01, max: 10, noNaN: true }),
      direction: fc.constantFrom("higher" as const, "lower" as const),
    });
    fc.assert(
      fc.property(fc.array(metric, { minLength: 1, maxLength: 6 }), (metrics) => {
        const m = deltaM(metrics)?.percent ?? Number.NaN;
        const p = deltaP(metrics.map((one) => [one]))?.percent ?? Number.NaN;
        expect(m + p).toBeCloseTo(0, 6);
      }),
    );
  });

  it("name small references, and are not applicable to a reference of 0", () => {
    const small = { name: "loss", value: 0.02, reference: 0.05, direction: "lower" } as const;
    expect(deltaM([...depth, small])?.smallReferences).toEqual(["loss"]);
    expect(deltaP([depth, [small]], 0.01)?.smallReferences).toEqual([]);
    expect(deltaM([{ ...small, reference: 0 }])).toBeNull();
    expect(deltaP([[{ ...small, reference: 0 }]])).toBeNull();
    expect(deltaM([])).toBeNull();
    expect(deltaP([depth, []])).toBeNull();
  });
});

describe("episodesHarmed", () => {
  it("is the share of episodes below the reference; a draw harms nobody", () => {
    expect(episodesHarmed([0.5, 0.6, 0.7, 0.8], [0.6, 0.6, 0.6, 0.9], "higher")).toBe(0.5);
    expect(episodesHarmed([0.5, 0.6, 0.7, 0.8], [0.6, 0.6, 0.6, 0.9], "lower")).toBe(0.25);
  });

  it("refuses other episodes", () => {
    expect(() => episodesHarmed([0.5], [0.5, 0.6], "higher")).toThrow(/1 episodes cannot be compared with 2/);
  });
});

describe("task sequences", () => {
  const scores = [
    [0.9, 0.3, 0.2],
    [0.7, 0.8, 0.4],
    [0.75, 0.6, 0.85],
  ];

  it("give backward transfer, forward transfer and forgetting by their definitions", () => {
    expect(backwardTransfer(scores, "higher")).toBeCloseTo((0.75 - 0.9 + 0.6 - 0.8) / 2, 12);
    expect(forwardTransfer(scores, [0.1, 0.1, 0.2], "higher")).toBeCloseTo((0.3 - 0.1 + 0.4 - 0.2) / 2, 12);
    expect(forgetting(scores, "higher")).toBeCloseTo((0.9 - 0.75 + 0.8 - 0.6) / 2, 12);
  });

  it("mean the same for an error, whose best is its smallest", () => {
    const errors = scores.map((row) => row.map((score) => -score));
    expect(backwardTransfer(errors, "lower")).toBeCloseTo(backwardTransfer(scores, "higher") ?? 9, 12);
    expect(forwardTransfer(errors, [-0.1, -0.1, -0.2], "lower")).toBeCloseTo(0.2, 12);
    expect(forgetting(errors, "lower")).toBeCloseTo(forgetting(scores, "higher") ?? 9, 12);
  });

  it("take the best earlier score of a task, not its first", () => {
    const rising = [
      [0.5, 0, 0],
      [0.9, 0.5, 0],
      [0.6, 0.5, 0.5],
    ];
    expect(forgetting(rising, "higher")).toBeCloseTo(0.15, 12);
  });

  it("are not applicable to one task, and refuse a matrix that is not square", () => {
    expect(backwardTransfer([[1]], "higher")).toBeNull();
    expect(forwardTransfer([[1]], [0], "higher")).toBeNull();
    expect(forgetting([[1]], "higher")).toBeNull();
    expect(() => forgetting([[1, 2], [1]], "higher")).toThrow(/1 scores after task 1/);
    expect(() => forwardTransfer(scores, [0], "higher")).toThrow(/1 untrained scores for 3 tasks/);
  });
});
