import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packCorrectness, unpackCorrectness } from "./correctness.ts";

describe("correctness", () => {
  // 0b10110000 0b01000000: ten examples, the last six bits are padding.
  const correct = [true, false, true, true, false, false, false, false, false, true];
  const packed = Buffer.of(0b1011_0000, 0b0100_0000).toString("base64");

  it("is packed and unpacked with the most significant bit first, up to the last example", () => {
    expect(packCorrectness(correct)).toBe(packed);
    expect(unpackCorrectness(packed, 10)).toEqual([1, 0, 1, 1, 0, 0, 0, 0, 0, 1]);
  });

  it("comes back as it was packed", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (bits) => {
        expect(unpackCorrectness(packCorrectness(bits), bits.length)).toEqual(bits.map(Number));
      }),
    );
  });

  it("refuses text of the wrong length, with both lengths", () => {
    expect(() => unpackCorrectness(Buffer.of(0xb0).toString("base64"), 10)).toThrow(
      /10 examples into 1 bytes, 2 were expected/,
    );
  });
});
