import { describe, expect, it } from "vitest";
import { differ, logitsDiffer } from "./transduction.ts";

describe("whether logits say different things", () => {
  const alone = [3, 1, 2, 0, 4, 4.5];

  it("is not a matter of rounding", () => {
    expect(logitsDiffer(alone, alone, 3)).toBe(false);
    expect(
      logitsDiffer(
        alone,
        alone.map((logit) => logit * (1 + 1e-6)),
        3,
      ),
    ).toBe(false);
    const far = alone.map((logit) => logit - 1e6);
    expect(logitsDiffer(far, Array.from(Float32Array.from(far)), 3), "the last bits of a float32").toBe(
      false,
    );
    expect(logitsDiffer([0, 0, 0], [0, 0, 0], 3)).toBe(false);
  });

  it("is a matter of the margins between a query's classes, not of a number added to all of them", () => {
    expect(logitsDiffer(alone, [103, 101, 102, 0, 4, 4.5], 3)).toBe(false);
    expect(logitsDiffer(alone, [3, 1, 2, 0, 4.5, 4], 3)).toBe(true);
  });

  it("is not hidden by a large constant, nor by a class that is ruled out", () => {
    const moved = [3, 1, 2.2, 0, 4, 4.5];
    expect(logitsDiffer(alone, moved, 3)).toBe(true);
    const shifted = (logits: readonly number[]) => logits.map((logit) => logit - 500);
    expect(logitsDiffer(shifted(alone), shifted(moved), 3)).toBe(true);
    const without = (logits: readonly number[]) => logits.with(1, -1e9).with(3, -Infinity);
    expect(logitsDiffer(without(alone), without(moved), 3)).toBe(true);
    expect(logitsDiffer(without(alone), without(alone), 3)).toBe(false);
  });

  it("is told where a number is missing or none", () => {
    expect(logitsDiffer(alone, alone.with(4, Number.NaN), 3)).toBe(true);
    expect(logitsDiffer(alone, alone.slice(0, 3), 3)).toBe(true);
  });
});

describe("numbers computed with and without neighbours", () => {
  it("differ where rounding does not explain it", () => {
    expect(differ([100, 0.5], [100.05, 0.5])).toBe(false);
    expect(differ([100, 0.5], [100.2, 0.5])).toBe(true);
    expect(differ([0, 0], [0, 0])).toBe(false);
    expect(differ([1], [-1])).toBe(true);
    expect(differ([1, 2], [1, Number.NaN])).toBe(true);
  });
});
