import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, packHeatMap, unpackHeatMap } from "./index.ts";

describe("a heat map", () => {
  it("has the byte 1 for its lowest, 128 for 0 and 255 for its highest value", () => {
    // On paper: 128 + 127 · v / 2.
    const map = packHeatMap([-2, -1, 0, 1, 2]);
    expect([...fromBase64(map.bytes)]).toEqual([1, 65, 128, 192, 255]);
    expect(map.scale).toBe(2);
    expect([...unpackHeatMap(map)]).toEqual([-2, (-63 / 127) * 2, 0, (64 / 127) * 2, 2]);
  });

  it("of nothing but zeros stays zeros", () => {
    expect([...unpackHeatMap(packHeatMap(new Float32Array(3)))]).toEqual([0, 0, 0]);
  });

  it("loses at most half a step of 1/127 of its largest magnitude", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const map = packHeatMap(values);
        for (const [at, value] of unpackHeatMap(map).entries())
          expect(Math.abs(value - (values[at] ?? NaN))).toBeLessThanOrEqual(map.scale * (0.5 / 127 + 1e-12));
      }),
    );
  });
});
