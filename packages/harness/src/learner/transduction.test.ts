import { describe, expect, it } from "vitest";
import { featuresDiffer, logitsDiffer } from "./transduction.ts";

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

describe("whether features of the same examples are others", () => {
  // Three examples with two features: the first from 100 to 101, the second from 0 to 4.
  const alone = [100, 0, 101, 4, 100.5, 2];

  it("is not a matter of rounding", () => {
    expect(featuresDiffer(alone, alone, 2)).toBe(false);
    expect(featuresDiffer([0, 0], [0, 0], 1)).toBe(false);
    const far = alone.map((value) => value + 1e6);
    expect(featuresDiffer(far, Array.from(Float32Array.from(far)), 2), "the last bits of a float32").toBe(
      false,
    );
    expect(featuresDiffer(alone, alone.with(3, 4.003), 2), "a thousandth of 4").toBe(false);
    const dead = [0, 0, 0, 4, 0, 2];
    expect(featuresDiffer(dead, dead.with(2, 1e-6), 2), "a feature that rounding alone moves").toBe(false);
  });

  it("is not hidden by a large constant, nor by another feature", () => {
    expect(featuresDiffer(alone, alone.with(4, 100.6), 2), "a tenth of what tells examples apart").toBe(true);
    const shifted = (values: readonly number[]) => values.map((value) => value + 1000);
    expect(featuresDiffer(shifted(alone), shifted(alone.with(5, 2.1)), 2)).toBe(true);
    const beside = (values: readonly number[]) =>
      values.map((value, at) => (at % 2 === 0 ? value * 1e9 : value));
    expect(featuresDiffer(beside(alone), beside(alone.with(5, 2.1)), 2)).toBe(true);
  });

  it("is measured by what tells more examples apart, where only one is compared", () => {
    expect(featuresDiffer([100, 0], [100, 0.003], 2)).toBe(true);
    expect(featuresDiffer([100, 0], [100, 0.003], 2, alone)).toBe(false);
    expect(featuresDiffer([100, 0], [100, 0.03], 2, alone)).toBe(true);
  });

  it("is told where a number is missing or none", () => {
    expect(featuresDiffer(alone, alone.with(4, Number.NaN), 2)).toBe(true);
    expect(featuresDiffer(alone, alone.slice(0, 4), 2)).toBe(true);
  });
});
