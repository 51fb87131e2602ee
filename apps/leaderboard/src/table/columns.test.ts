import { describe, expect, it } from "vitest";
import type { Difference } from "@metabench/core";
import { columnsOf } from "./columns.ts";
import { rowOf, scored, tableOf } from "./table.test-support.ts";

const place = (group: number) => ({ rank: group, low: 1, high: 2, group });
const gap = (difference: number, more: Partial<Difference> = {}): Difference => ({
  difference,
  standardError: 0.01,
  low: difference - 0.02,
  high: difference + 0.02,
  basis: "seeds and episodes",
  seeds: 3,
  degreesOfFreedom: 10,
  p: 0.04,
  ...more,
});

describe("the difference to the best", () => {
  const best = rowOf("best", { score: scored(0.9, 3), place: place(1) });
  const cellOf = (toBest: Difference | null, group: number) => {
    const other = rowOf("other", { score: scored(0.8, 3), place: place(group), toBest });
    const row = toBest ? other : best;
    return columnsOf(tableOf([best, other]))
      .find(({ key }) => key === "to-best")
      ?.cell(row);
  };

  it("is 0 for the leader, who sorts among the others and not behind them", () => {
    expect(cellOf(null, 2)).toEqual({ figure: null, words: "leads", sort: 0 });
  });

  it("names the correction by which a row is tied whose interval leaves 0 out", () => {
    expect(cellOf(gap(-0.1), 1)?.words).toBe("tied after Holm's correction");
    expect(cellOf(gap(-0.1), 2)?.words).toBeUndefined();
  });

  it("says on how many seeds it was taken where not on all", () => {
    expect(cellOf(gap(-0.1, { seeds: 1 }), 2)?.words).toBe("on 1 of 3 seeds");
    expect(cellOf(gap(-0.1, { seeds: 1 }), 1)?.words).toBe("tied after Holm's correction, on 1 of 3 seeds");
  });
});

describe("a verdict of harm", () => {
  it("is Holm's over the tasks in multi-task learning, as tasks harmed are counted", () => {
    const task = (pHolm: number, difference: number) => ({
      task: "left",
      gap: gap(difference),
      pHolm,
      harmed: difference > 0 && pHolm < 0.05,
    });
    const words = (entry: ReturnType<typeof task>) => {
      const row = rowOf("row", {
        score: scored(0.5, 3),
        tasks: [{ id: "left", score: scored(0.5, 3), precision: 0.5, recall: 0.5, f1: 0.5 }],
        transfer: {
          kind: "multi-task",
          reference: "alone",
          tasks: [entry],
          deltaM: null,
          deltaP: null,
          tasksHarmed: 0,
        },
      });
      const table = tableOf([row], {}, "multi-task/multi-mnist");
      return columnsOf(table)
        .find(({ key }) => key === "gap-left")
        ?.cell(row).words;
    };
    // The interval leaves 0 out in each.
    expect(words(task(0.08, 0.1))).toBe("no clear difference");
    expect(words(task(0.04, 0.1))).toBe("harmed");
    expect(words(task(0.04, -0.1))).toBe("helped");
    expect(words(task(0.08, -0.1))).toBe("no clear difference");
  });
});

describe("the spread", () => {
  it("of several seeds that are right everywhere is none, not one that a single seed cannot tell", () => {
    const words = (seeds: number) => {
      const row = rowOf("row", {
        score: scored(1, seeds, { method: "wilson", basis: "episode noise only" }),
      });
      return columnsOf(tableOf([row]))
        .find(({ key }) => key === "seed-spread")
        ?.cell(row).words;
    };
    expect(words(3)).toBe("nothing varies");
    expect(words(1)).toBe("needs several seeds");
  });
});

describe("the definition", () => {
  it("stands in a column of the open division, where each row has its own", () => {
    const closed = tableOf([rowOf("row")]);
    expect(columnsOf(closed).some(({ key }) => key === "definition")).toBe(false);
    const definition = {
      backbone: { id: "conv4", version: "1.0.0", title: "Conv4", options: { channels: 128 } },
      budget: { images: 1_000_000, validateEvery: 50_000 },
      validationEpisodes: 200,
    };
    const row = rowOf("row", { definition });
    const open = { ...tableOf([row]), protocol: { ...closed.protocol, division: "open" as const } };
    expect(
      columnsOf(open)
        .find(({ key }) => key === "definition")
        ?.cell(row),
    ).toMatchObject({
      figure: "Conv4 (channels 128)",
      detail: "budget 1,000,000",
      words: "validated every 50,000 on 200 episodes",
    });
  });
});
