import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resizeToSquare } from "./resize.ts";

describe("resizeToSquare", () => {
  it("averages areas: worked out on paper", () => {
    // Three columns into two: (10·2 + 20·1) / 3 = 13.33 and (20·1 + 40·2) / 3 = 33.33; both rows alike.
    const pixels = Uint8Array.of(10, 20, 40, 10, 20, 40);
    const result = resizeToSquare({ width: 3, height: 2, channels: 1, pixels }, 2);
    expect([...result]).toEqual([13, 33, 13, 33]);
    // Enlarged, a pixel is repeated.
    expect([
      ...resizeToSquare({ width: 1, height: 1, channels: 3, pixels: Uint8Array.of(1, 2, 3) }, 2),
    ]).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
  });

  it("keeps a picture of the right size, and one value everywhere", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 75, maxLength: 75 }), (pixels) => {
        expect(resizeToSquare({ width: 5, height: 5, channels: 3, pixels }, 5)).toEqual(pixels);
      }),
    );
    const extent = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(extent, extent, extent, fc.integer({ min: 0, max: 255 }), (width, height, side, value) => {
        const pixels = new Uint8Array(width * height).fill(value);
        const result = resizeToSquare({ width, height, channels: 1, pixels }, side);
        expect(result).toEqual(new Uint8Array(side * side).fill(value));
      }),
    );
  });
});
