import { describe, expect, it } from "vitest";
import { randomStream } from "../sampling/index.ts";
import { adaptationSteps } from "./adaptation-steps.ts";

const accuracy = { name: "accuracy", unit: "share", direction: "higher", over: "test episodes" } as const;
const error = { ...accuracy, name: "mean squared error", unit: "squared units", direction: "lower" } as const;
const random = randomStream("adaptation-steps");
/** 200 episodes of differing difficulty; each step's mean is given, and its own noise is small. */
const hard = Array.from({ length: 200 }, () => 0.1 * random.approximateNormal());
const curve = (means: readonly number[], noise = 0.01) =>
  means.map((mean) => [hard.map((episode) => mean + episode + noise * random.approximateNormal())]);
const steps = (count: number) => Array.from({ length: count }, (_, step) => step);
const chance = { score: 0.2, low: 0.19 };

describe("adaptationSteps", () => {
  it("is the step with 90 % of the gain for a method that starts above chance", () => {
    const values = curve([0.5, 0.7, 0.79, 0.8, 0.8]);
    expect(adaptationSteps(steps(5), values, accuracy, { score: 0.2, low: 0.48 })).toBe(2);
    expect(adaptationSteps(steps(5), values, accuracy, null)).toBe(2);
  });

  it("does not apply where the gain is rounding noise, or below a point, or none", () => {
    expect(adaptationSteps(steps(4), curve([0.97, 0.97, 0.97004, 0.97]), accuracy, null)).toBeNull();
    expect(adaptationSteps(steps(3), curve([0.9, 0.905, 0.909], 1e-4), accuracy, null)).toBeNull();
    expect(adaptationSteps(steps(3), curve([0.9, 0.7, 0.6]), accuracy, null)).toBeNull();
  });

  it("does not apply to a single episode of a single seed", () => {
    expect(adaptationSteps(steps(2), [[[0.2]], [[0.9]]], accuracy, chance)).toBeNull();
  });

  it("is the last step that helps for a method that starts at chance", () => {
    expect(adaptationSteps(steps(5), curve([0.2, 0.9, 0.92, 0.94, 0.94], 1e-4), accuracy, chance)).toBe(3);
    expect(adaptationSteps(steps(4), curve([0.2, 0.9, 0.8, 0.7]), accuracy, chance)).toBe(1);
  });

  it("measures errors as a share of the first", () => {
    const values = (means: readonly number[]) => means.map((mean) => [hard.map((one) => mean * (1 + one))]);
    expect(adaptationSteps(steps(3), values([400, 100, 90]), error, null)).toBe(1);
    expect(adaptationSteps(steps(3), values([4, 3.99, 3.98]), error, null)).toBeNull();
  });
});
