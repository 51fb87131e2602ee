import { compileLeaderboard, type Cost, type TrialRecord } from "@metabench/core";
import { buildRecord, classified } from "@metabench/core/testing";
import { describe, expect, it } from "vitest";
import { failedRecord } from "../../store/record.test-support.ts";
import { difference, figures, interval, score } from "./numbers.ts";
import { renderStandings } from "./render.ts";

/** A trial of two frozen episodes with ten queries each, answered before and after one adaptation step. */
const completed = (
  algorithm: string,
  correct: readonly (readonly number[])[],
  cost: Partial<Cost> = {},
  seed = 0,
): TrialRecord =>
  buildRecord({
    algorithm,
    seed,
    outcome: classified(correct, { queries: 10 }),
    training: { on: "nothing" },
    cost: { adaptation: null, prediction: null, imagesPerSecond: null, updatesPerSecond: null, ...cost },
  });

describe("renderStandings", () => {
  it("shows score with interval, adaptation, negative transfer and throughput", () => {
    const timing = { medianMs: 12.34, p95Ms: 20, samples: 10, episodes: 2 };
    const text = renderStandings(
      compileLeaderboard([
        completed(
          "maml",
          [
            [2, 2],
            [8, 9],
          ],
          { adaptation: timing, imagesPerSecond: 1234.4, trainingSeconds: 32.41 },
        ),
        completed("from-scratch", [
          [2, 2],
          [3, 5],
        ]),
      ]),
    );
    expect(text).toContain("few-shot/double-mnist-28/5w1s, quick");
    expect(text).toContain("accuracy, higher is better, 95 % interval, 2 test episodes");
    const cellOf = (line: string) => text.split("\n").find((candidate) => candidate.includes(line)) ?? "";
    expect(cellOf("maml")).toMatch(/85\.0 %.*1 step.*-45\.0 pp.*1,234 images\/s/);
    expect(text).toContain("12.3 ms");
    expect(text).toMatch(/Above 0 the method is worse/);
  });

  it("shows episodes harmed beside how many are by chance, and how far seeds lie apart", () => {
    const half = [
      [2, 2],
      [5, 5],
    ];
    const text = renderStandings(
      compileLeaderboard([
        completed(
          "maml",
          [
            [2, 2],
            [8, 4],
          ],
          {},
          0,
        ),
        completed(
          "maml",
          [
            [2, 2],
            [9, 5],
          ],
          {},
          1,
        ),
        completed("from-scratch", half, {}, 0),
        completed(
          "from-scratch",
          [
            [2, 2],
            [6, 6],
          ],
          {},
          1,
        ),
      ]),
    );
    // By hand: of the pairs of seeds, 4 is below 5 and 6, 5 below 6; that is three of eight episodes. 5 is below 6, and never the other way.
    expect(text).toContain("37.5 % harmed");
    expect(text).toContain("50.0 % by chance");
    // Seeds differ by one of ten in both episodes: 0.1 / √2.
    expect(text).toMatch(/seeds apart 7\.1 pp/);
    expect(text).toMatch(/Harmed: share of episodes .* below the reference/);
  });

  it("shows what was tested again, and how it broke", () => {
    const record = completed("maml", [
      [2, 2],
      [8, 9],
    ]);
    if (record.status !== "completed") throw new Error("It did not complete.");
    const robustness: NonNullable<typeof record.robustness> = {
      version: 1,
      variants: [
        { kind: "few-shot-classification", variant: "input-noise-0.2", correct: [4, 5], metrics: [] },
        {
          kind: "failed",
          variant: "wrong-labels-0.4",
          error: { code: "not-finite", message: "Logits are not finite." },
        },
      ],
    };
    const text = renderStandings(
      compileLeaderboard([
        { ...record, robustness },
        completed("other", [
          [2, 2],
          [8, 9],
        ]),
      ]),
    );
    const line = text.split("\n").findLast((candidate) => candidate.includes("maml")) ?? "";
    expect(text).toMatch(/tested again .* plain .* noise 0\.1 .* labels 40 %/);
    expect(text.split("\n").filter((one) => one.includes("other"))).toHaveLength(1);
    expect(text).toMatch(/maml +│ 85\.0 % │ — +│ 45\.0 % +│ — +│ — +│ — +│ broke/);
    expect(line).toContain("maml, wrong-labels-0.4: Seed 0: Logits are not finite.");
  });

  it("says why trials failed, and which flags all rows share, once", () => {
    const text = renderStandings(compileLeaderboard([failedRecord(0), failedRecord(1)]));
    expect(text).toContain("failed (seed 0)");
    expect(text).toContain("Single task, seed 1, failed: Made for a test. Nothing to do.");
  });

  it("does not say of all rows what is true of some", () => {
    const asked = (seed: number, algorithm: string): TrialRecord => {
      const record = completed(
        algorithm,
        [
          [2, 2],
          [8, 9],
        ],
        {},
        seed,
      );
      return { ...record, spec: { ...record.spec, protocol: { ...record.spec.protocol, seeds: 3 } } };
    };
    const text = renderStandings(
      compileLeaderboard([asked(0, "maml"), asked(1, "maml"), asked(0, "chance")]),
    );
    expect(text).toContain("few-seeds: 2 seeds; the tier asks for 3.");
    expect(text).toContain("few-seeds: 1 seed; the tier asks for 3.");
    expect(text).not.toMatch(/All rows: \d seed/);
  });

  it("tells rows of one title apart by their ids", () => {
    const entitled = (id: string): TrialRecord => {
      const record = completed(id, [
        [2, 2],
        [8, 9],
      ]);
      return {
        ...record,
        display: { ...record.display, algorithm: { ...record.display.algorithm, label: "My method" } },
      };
    };
    const text = renderStandings(compileLeaderboard([entitled("mine"), entitled("yours")]));
    expect(text).toContain("My method (mine)");
    expect(text).toContain("My method (yours)");
    const alone = renderStandings(
      compileLeaderboard([
        entitled("mine"),
        completed("maml", [
          [2, 2],
          [1, 2],
        ]),
      ]),
    );
    expect(alone).not.toContain("(mine)");
  });

  it("says what to do without records", () => {
    expect(renderStandings(compileLeaderboard([]))).toMatch(/metabench run/);
  });
});

describe("numbers", () => {
  it("have the digits that mean something", () => {
    expect(score(0.97504, "share")).toBe("97.5 %");
    expect([0, 0.012345, 1.2345, 123.45, 12345, 1.23e-9, 9.87e9].map(figures)).toEqual([
      "0",
      "0.0123",
      "1.23",
      "123",
      "12345",
      "1.23e-9",
      "9.87e+9",
    ]);
    expect(interval(0.9, 0.95, "share")).toBe("90.0 to 95.0");
    expect(interval(null, 1, "share")).toBe("no interval");
    expect(difference(0.012, "share")).toBe("+1.2 pp");
    expect(difference(-0.5, "squared units")).toBe("-0.500");
    expect([-0.0004, 0.0004, 0].map((value) => difference(value, "share"))).toEqual([
      "0.0 pp",
      "0.0 pp",
      "0.0 pp",
    ]);
  });
});
