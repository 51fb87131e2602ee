import { describe, expect, it } from "vitest";
import { unpackCorrectness } from "./correctness.ts";

describe("unpackCorrectness", () => {
  it("reads the most significant bit first and stops at the last example", () => {
    // 0b10110000 0b01000000: ten examples, the last six bits are padding.
    expect(unpackCorrectness(btoa("\u00b0\u0040"), 10)).toEqual([1, 0, 1, 1, 0, 0, 0, 0, 0, 1]);
  });

  it("refuses text of the wrong length, with both lengths", () => {
    expect(() => unpackCorrectness(btoa("\u00b0"), 10)).toThrow(/10 examples into 1 bytes, 2 were expected/);
  });
});
