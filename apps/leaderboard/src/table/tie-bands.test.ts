import { describe, expect, it } from "vitest";
import { tieBands } from "./tie-bands.ts";

const inGroup = (group: number) => ({ place: { rank: 1, low: 1, high: 1, group } });

describe("tieBands", () => {
  it("bands rows that share a rank, neighbouring bands apart, and neither lone nor unranked rows", () => {
    const rows = [inGroup(1), inGroup(1), inGroup(2), inGroup(3), inGroup(3), { place: null }];
    expect(tieBands(rows)).toEqual(["tied", "tied", null, "tied-next", "tied-next", null]);
  });
});
