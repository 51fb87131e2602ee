import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spread } from "./spread.ts";

describe("spread", () => {
  it("leaves alone what does not overlap, and moves what does apart around its middle", () => {
    expect(spread([0, 50, 100], 10, [0, 100])).toEqual([0, 0, 0]);
    expect(spread([20, 20], 10, [0, 100])).toEqual([-5, 5]);
    expect(spread([0, 0], 10, [0, 100])).toEqual([0, 10]);
    expect(spread([100, 100], 10, [0, 100])).toEqual([-10, 0]);
  });

  it("keeps every two labels a gap apart, in their order, within the limits", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 10 }), (places) => {
        const shifts = spread(places, 10, [0, 200]);
        const moved = places.map((place, i) => place + (shifts[i] ?? 0)).toSorted((a, b) => a - b);
        moved.forEach((place, i) => {
          expect(place - (moved[i - 1] ?? -Infinity)).toBeGreaterThan(10 - 1e-9);
          expect(place).toBeGreaterThan(-1e-9);
          expect(place).toBeLessThan(200 + 1e-9);
        });
      }),
    );
  });
});
