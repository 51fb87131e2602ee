import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

const names = ["maml", "prototypical-networks", "baseline", "from-scratch", "chance", "pixel-centroids"];

describe("nearest", () => {
  it.each([
    ["mamll", ["maml"]],
    ["prototypical", ["prototypical-networks"]],
    ["form-scratch", ["from-scratch"]],
    ["MAML", ["maml"]],
    ["", []],
    ["reptile-with-everything", []],
  ])("%s may mean %j", (wanted, meant) => {
    expect(nearest(wanted, names)).toEqual(meant);
  });
});

describe("didYouMean", () => {
  it("is a sentence after another, or nothing", () => {
    expect(didYouMean("mamll", names)).toBe(" Did you mean maml?");
    expect(didYouMean("mamll", names, (name) => `--${name}`)).toBe(" Did you mean --maml?");
    expect(didYouMean("nobody-knows-it", names)).toBe("");
  });
});
