import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, median, together } from "./ratio.ts";

describe("the arithmetic of pairs", () => {
  it("takes the middle of an odd list, and the mean of the two in the middle of an even one", () => {
    expect(median([5, 1, 100])).toBe(5);
    expect(median([4, 1, 100, 2])).toBe(3);
    expect(median([7])).toBe(7);
    expect(() => median([])).toThrow(RangeError);
  });

  it("has as many numbers below a median as above it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), (values) => {
        const middle = median(values);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  it("adds up rates of processes that work side by side", () => {
    // Ten a second and five a second make fifteen a second.
    expect(together([100, 200])).toBeCloseTo(1000 / 15, 10);
    expect(together([40])).toBe(40);
  });

  it("divides the peer's time by ours pair by pair, so that a slow spell of both sides counts for neither", () => {
    // Arithmetic on paper: ratios 2, 1.5 and 2; the machine was ten times slower in the last pair.
    expect(
      compare([
        { ours: 10, peer: 20 },
        { ours: 20, peer: 30 },
        { ours: 150, peer: 300 },
      ]),
    ).toEqual({ ours_ms: 20, peer_ms: 30, ratio: 2, ratio_min: 1.5, ratio_max: 2 });
  });
});
