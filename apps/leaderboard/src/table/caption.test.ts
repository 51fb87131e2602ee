import { describe, expect, it } from "vitest";
import { captionOf, headingOf } from "./caption.ts";
import { rowOf, scored, tableOf } from "./table.test-support.ts";

const caption = (...seeds: readonly number[]) =>
  captionOf(tableOf(seeds.map((count, at) => rowOf(`row-${String(at)}`, { score: scored(0.5, count) }))));

describe("captionOf", () => {
  it("says what the intervals cover: of all rows, of none, or of how many", () => {
    expect(caption(1, 1)).toContain("of episode noise only: another seed may differ by more");
    expect(caption(3, 3)).toContain("over seeds and episodes;");
    expect(caption(3, 1, 1)).toContain(
      "over seeds and episodes, but of episode noise only for 2 of 3 methods",
    );
  });
});

describe("headingOf", () => {
  it("tells two tables apart that differ from the main table in the same thing", () => {
    const apart = (id: string) =>
      headingOf(tableOf([], { id: `a/v1/quick/${id}`, notComparable: "Other episodes." }));
    expect(apart("0a1b")).toBe("Quick tier, version 1, not comparable (0a1b)");
    expect(apart("2c3d")).not.toBe(apart("0a1b"));
    expect(headingOf(tableOf([]))).toBe("Quick tier, version 1");
  });
});
