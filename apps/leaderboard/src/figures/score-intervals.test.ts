import { describe, expect, it } from "vitest";
import type { Row } from "@metabench/core";
import { rowOf, scored, tableOf } from "../table/table.test-support.ts";
import { drawn } from "./drawing.test-support.ts";
import { scoreIntervals } from "./score-intervals.ts";

const named = (rows: readonly Row[]) => drawn(scoreIntervals(tableOf(rows)).svg, "g[text-anchor=end] text");

describe("scoreIntervals", () => {
  it("gives two rows of one label a line each, by what sets them apart", () => {
    const variant = (id: string, rate: number, mean: number) => {
      const row = rowOf(id, { label: "MAML", score: scored(mean) });
      return { ...row, algorithm: { ...row.algorithm, id: "maml", options: { rate } } };
    };
    const names = named([variant("a", 0.1, 0.9), variant("b", 0.4, 0.8)]);
    expect(names.map(({ text }) => text)).toEqual(["MAML (rate 0.1)", "MAML (rate 0.4)"]);
    expect(new Set(names.map((name) => name.get("transform") ?? name.get("y"))).size).toBe(2);
  });

  it("cuts the end of a long name, not its beginning, and keeps the whole in its title", () => {
    const label = "A method whose name its authors could not make any shorter than this";
    const rows = [rowOf("a", { label, score: scored(0.9) }), rowOf("b", { score: scored(0.8) })];
    const { svg } = scoreIntervals(tableOf(rows));
    expect(named(rows).map(({ text }) => text)).toContain("A method whose name its authors could n…");
    expect(drawn(svg, "title").map(({ text }) => text)).toEqual([label]);
  });
});
