import { describe, expect, it } from "vitest";
import { rowOf, tableOf } from "../table/table.test-support.ts";
import { definitionFacts } from "./definition-facts.ts";

const fact = (name: string, ...args: Parameters<typeof tableOf>) =>
  definitionFacts(tableOf(...args)).find(([one]) => one === name)?.[1];

describe("definitionFacts", () => {
  it("says in the open division what rows have in common, and of the rest that it is each row's own", () => {
    const of = (id: string, images: number) =>
      rowOf(id, {
        definition: {
          backbone: { id: "wide", version: "1.0.0", title: "Wide", options: {} },
          budget: { images, validateEvery: 10 },
          validationEpisodes: 100,
        },
      });
    expect(fact("Backbone", [of("a", 100), of("b", 200)])).toBe("Wide (no options)");
    expect(fact("Budget", [of("a", 100), of("b", 200)])).toBe("differs by row, see the table");
    expect(fact("Budget", [of("a", 100), of("b", 100)])).toBe("100 training images, validated every 10");
    expect(fact("Backbone", [rowOf("a")])).toMatch(/^Backbone \(/);
  });

  it("says of a few-shot table without episodes that no trial completed, not that it is of a whole split", () => {
    expect(fact("Test episodes", [rowOf("a")], { episodesHash: null, items: null })).toBe(
      "no trial completed",
    );
    expect(fact("Test episodes", [rowOf("a")], { episodesHash: null }, "multi-task/multi-mnist")).toBe(
      "the whole test split",
    );
  });
});
