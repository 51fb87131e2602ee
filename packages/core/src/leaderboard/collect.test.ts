import { describe, expect, it } from "vitest";
import { findProtocol } from "../testing/protocols.ts";
import { compileLeaderboard } from "./compile.ts";
import { standingsCsv } from "./csv.ts";
import { buildRecord, classified, failed, good, only, poor } from "./record.test-support.ts";

const doubleMnist = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
const onSmallImages = { ...doubleMnist, dataset: { ...doubleMnist.dataset, options: { size: 16 } } };

describe("what may share a table", () => {
  it("keeps tiers, transductive rows and other divisions apart", () => {
    const protocol = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
    const { tables } = compileLeaderboard([
      buildRecord({ outcome: classified([good]) }),
      buildRecord({ algorithm: "t", outcome: classified([good], { transductive: true }) }),
      buildRecord({ protocol: { ...protocol, tier: "standard" }, outcome: classified([good]) }),
      buildRecord({ protocol: { ...protocol, division: "open" }, outcome: classified([good]) }),
    ]);
    expect(tables.map(({ id }) => id)).toEqual([
      "few-shot/double-mnist-28/5w1s/v1/quick",
      "few-shot/double-mnist-28/5w1s/v1/quick/open",
      "few-shot/double-mnist-28/5w1s/v1/quick/transductive",
      "few-shot/double-mnist-28/5w1s/v1/standard",
    ]);
    expect(tables.every(({ notComparable }) => notComparable === null)).toBe(true);
  });

  it("says of each row of the open division under what it was run, since these differ within a table", () => {
    const protocol = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
    const open = { ...protocol, division: "open" } as const;
    const budget = { images: 7, validateEvery: 7 };
    const wide = { id: "wide", options: { channels: 128 } };
    const leaderboard = compileLeaderboard([
      buildRecord({ protocol: { ...open, backbone: wide }, outcome: classified([good]) }),
      buildRecord({ protocol: { ...open, budget }, outcome: classified([poor]) }),
      buildRecord({ algorithm: "closed", outcome: classified([good]) }),
    ]);
    const rows = leaderboard.tables.flatMap((table) => table.rows);
    // The quick tier's.
    const validationEpisodes = 100;
    const ofWide = { id: "wide", version: "1.0.0", title: "wide", options: { channels: 128 } };
    expect(rows.map(({ definition }) => definition)).toMatchObject([
      undefined,
      { backbone: ofWide, budget: protocol.budget, validationEpisodes },
      { backbone: { id: protocol.backbone.id }, budget, validationEpisodes },
    ]);
    const [head = "", ...lines] = standingsCsv(leaderboard).split("\r\n");
    const at = ["backbone", "budget_images"].map((name) => head.split(",").indexOf(name));
    expect(lines.slice(0, 3).map((line) => at.map((column) => line.split(",")[column]))).toEqual([
      [protocol.backbone.id, String(protocol.budget.images)],
      ["wide", String(protocol.budget.images)],
      [protocol.backbone.id, "7"],
    ]);
  });

  it.each([
    ["episodes", { outcome: classified([good], { episodes: "others" }) }, /list of test episodes differs/],
    ["data", { contentHash: "b".repeat(64), outcome: classified([good]) }, /content of the data set differs/],
    [
      "options of the data",
      { protocol: onSmallImages, contentHash: "b".repeat(64), outcome: classified([good]) },
      /setting of the data set's options differs/,
    ],
  ])("sets rows with other %s apart as not comparable", (_, odd, reason) => {
    const { tables } = compileLeaderboard([
      buildRecord({ algorithm: "a", outcome: classified([good]) }),
      buildRecord({ algorithm: "b", outcome: classified([poor]) }),
      buildRecord({ algorithm: "c", ...odd }),
    ]);
    expect(tables.map(({ rows, notComparable }) => [rows.length, notComparable === null])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(tables[1]?.notComparable).toMatch(reason);
  });

  it("places a seed that failed with the seeds of its row that did not", () => {
    const table = only([
      buildRecord({ seed: 0, outcome: failed }),
      buildRecord({ seed: 1, outcome: classified([good]) }),
    ]);
    expect(table.rows[0]?.seeds.map(({ status }) => status)).toEqual(["failed", "completed"]);
    expect(table.episodesHash).not.toBeNull();
  });
});
