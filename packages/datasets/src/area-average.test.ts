import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areaAverage } from "./area-average.ts";

const shrunk = (source: Uint8Array, from: number, to: number) => {
  const target = new Uint8Array(to * to);
  areaAverage(from, to)(source, target, 0);
  return target;
};

/** The definition, in floating point: mean of the source over the square that a pixel of the result covers. */
function byDefinition(source: Uint8Array, from: number, to: number, row: number, column: number): number {
  const width = from / to;
  const covered = (i: number, j: number) =>
    Math.max(0, Math.min((i + 1) * width, j + 1) - Math.max(i * width, j));
  let sum = 0;
  for (let y = 0; y < from; y += 1)
    for (let x = 0; x < from; x += 1)
      sum += (source[y * from + x] ?? 0) * covered(row, y) * covered(column, x);
  return sum / (width * width);
}

describe("areaAverage", () => {
  it("averages whole pixels, halves up", () => {
    // Means by hand: (1+2+3+4)/4 = 2.5 → 3; (0+0+0+1)/4 → 0; 255; (0+0+1+1)/4 = 0.5 → 1.
    // prettier-ignore
    const source = Uint8Array.of(
      1, 2, 0, 0,
      3, 4, 0, 1,
      255, 255, 0, 0,
      255, 255, 1, 1,
    );
    expect([...shrunk(source, 4, 2)]).toEqual([3, 0, 255, 1]);
  });

  it("weighs pixels covered in part by the part", () => {
    // 3 → 2: a pixel of the result covers 1.5 × 1.5; the middle source pixel's quarter counts 0.25 of 2.25.
    const source = Uint8Array.of(0, 0, 0, 0, 225, 0, 0, 0, 0);
    expect([...shrunk(source, 3, 2)]).toEqual([25, 25, 25, 25]);
  });

  it.each([
    [64, 28],
    [105, 28],
    [28, 28],
  ])("agrees with the definition from %i to %i", (from, to) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: from * from, maxLength: from * from }), (source) => {
        const result = shrunk(source, from, to);
        for (let i = 0; i < to * to; i += 37)
          expect(
            Math.abs((result[i] ?? 0) - byDefinition(source, from, to, Math.floor(i / to), i % to)),
          ).toBeLessThan(0.5 + 1e-6);
      }),
      { numRuns: 5 },
    );
  });

  it("writes at its offset only", () => {
    const target = new Uint8Array(6).fill(9);
    areaAverage(2, 1)(Uint8Array.of(8, 8, 8, 8), target, 2);
    expect([...target]).toEqual([9, 9, 8, 9, 9, 9]);
  });
});
