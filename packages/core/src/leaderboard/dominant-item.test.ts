import { describe, expect, it } from "vitest";
import { findProtocol } from "../testing/protocols.ts";
import { dominantItem } from "./dominant-item.ts";
import { headlineOf } from "./leaderboard.ts";
import { buildRecord, only, regressed } from "./record.test-support.ts";

const protocol = findProtocol("few-shot/sinusoid/10-shot").at("quick");
const headline = headlineOf(protocol);
/** 99 errors of 1 and 3 in turn, and one of `last`. */
const errors = (last: number) => [...Array.from({ length: 99 }, (_, i) => (i % 2 === 0 ? 1 : 3)), last];

describe("dominantItem", () => {
  it("names the episode that makes most of the variance, over all seeds", () => {
    // By hand, of the means over seeds: fifty are 1, 49 are 3, one is 102; mean 2.99, 99.01² = 9803 of 10001.
    expect(dominantItem([errors(202), errors(2)], headline)).toEqual({
      code: "dominant-item",
      text: "One test episode causes 98 % of the variance (its value is 102, the mean 2.99): interval, rank and ties depend on it.",
    });
  });

  it("says nothing where none does, where nothing varies, and of few episodes", () => {
    expect(dominantItem([errors(5)], headline)).toBeNull();
    expect(dominantItem([errors(1).map(() => 1)], headline)).toBeNull();
    expect(dominantItem([[1, 3, 1, 3, 200]], headline)).toBeNull();
  });

  it("is a flag of the row, which its noise does not lift to the first rank", () => {
    const { rows } = only([
      buildRecord({ protocol, algorithm: "maml", outcome: regressed([errors(2).map((e) => e / 2)]) }),
      buildRecord({ protocol, algorithm: "reptile", outcome: regressed([errors(2)]) }),
      buildRecord({ protocol, algorithm: "anil", outcome: regressed([errors(1000)]) }),
    ]);
    expect(
      rows.map(({ algorithm, place, flags }) => [
        algorithm.id,
        place?.rank,
        flags.some(({ code }) => code === "dominant-item"),
      ]),
    ).toEqual([
      ["maml", 1, false],
      ["reptile", 2.5, false],
      ["anil", 2.5, true],
    ]);
    // Its interval would reach from -10 to 34: squared errors end at 0.
    expect(rows[2]?.score?.low).toBe(0);
    expect(rows[2]?.score?.high).toBeGreaterThan(30);
  });
});
