import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

const names = ["maml", "prototypical-networks", "baseline", "from-scratch", "chance", "pixel-centroids"];

describe("nearest", () => {
  it.each([
    ["mamll", ["maml"]],
    ["prototypical", ["prototypical-networks"]],
    ["form-scratch", ["from-scratch"]],
    ["reptile-with-everything", []],
  ])("%s may mean %j", (wanted, meant) => {
    expect(nearest(wanted, names)).toEqual(meant);
  });
});
