import { describe, expect, it } from "vitest";
import { findProtocol } from "../protocol/suite.ts";
import { compileLeaderboard } from "./compile.ts";
import { standingsCsv } from "./csv.ts";
import { leaderboardSchema } from "./leaderboard.ts";
import { buildRecord, classified, failed, good, only, poor, regressed } from "./record.test-support.ts";

describe("one table", () => {
  it("orders rows by score and takes the mean over episodes at the headline step", () => {
    const table = only([
      buildRecord({ algorithm: "chance", outcome: classified([poor]) }),
      buildRecord({ algorithm: "maml", outcome: classified([poor, good]) }),
    ]);
    expect(table.rows.map(({ algorithm }) => algorithm.id)).toEqual(["maml", "chance"]);
    // (60 + 66 + 63 + 69) / 4 / 75 = 0.86; (15 + 21 + 18 + 12) / 4 / 75 = 0.22.
    expect(table.rows[0]?.score?.mean).toBeCloseTo(0.86, 12);
    expect(table.rows[1]?.toBest?.difference).toBeCloseTo(0.22 - 0.86, 12);
    expect(table.rows.map(({ place }) => [place?.rank, place?.low, place?.high])).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ]);
    expect(table.items).toBe(4);
  });

  it("gives Student's t over episodes for one seed and says that it is episode noise only", () => {
    const [row] = only([buildRecord({ outcome: classified([good]) })]).rows;
    // Accuracies .80 .88 .84 .92: sd = sqrt(.008/3), se = sd/2 = .0258199, t(.975, 3) = 3.182446, half-width .0821703.
    expect(row?.score?.low).toBeCloseTo(0.86 - 0.0821703, 6);
    expect(row?.score?.high).toBeCloseTo(0.86 + 0.0821703, 6);
    expect(row?.score?.basis).toBe("episode noise only");
    expect(row?.flags.map(({ code }) => code)).toContain("one-seed");
  });

  it("says what an update of a row was trained on and how many settings were tried, null where none completed", () => {
    const training = { on: "functions", shots: 10, perUpdate: 25 } as const;
    const table = only([
      buildRecord({ seed: 0, outcome: failed }),
      buildRecord({ seed: 1, training, triedSettings: 4, outcome: classified([good]) }),
      buildRecord({ algorithm: "broken", outcome: failed }),
    ]);
    const rows = Object.fromEntries(table.rows.map((row) => [row.algorithm.id, row]));
    expect(rows["maml"]).toMatchObject({ score: null, training, triedSettings: 4 });
    expect(rows["broken"]).toMatchObject({ training: null, triedSettings: null });
  });

  it("counts the largest search that any of its seeds declares", () => {
    const [row] = only(
      [1, 20, 3].map((triedSettings, seed) =>
        buildRecord({ seed, triedSettings, outcome: classified([good]) }),
      ),
    ).rows;
    expect(row?.triedSettings).toBe(20);
  });

  it("makes a row of its own of what was asked of training, and says what it was", () => {
    const trainingOptions = { clipNorm: 1, augmentation: ["flip" as const] };
    const { rows } = only([
      buildRecord({ outcome: classified([good]) }),
      buildRecord({ outcome: classified([poor]), trainingOptions }),
    ]);
    expect(rows.map((row) => row.trainingOptions)).toEqual([undefined, trainingOptions]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
    // As it was before there were training options: addresses of rows stay.
    expect(rows[0]?.id).toBe("maml-ddc03816");
  });

  it("collects the seeds of a row and crosses them with the episodes", () => {
    const table = only([
      buildRecord({ seed: 1, outcome: classified([[66, 72, 69, 75]]) }),
      buildRecord({ seed: 0, outcome: classified([good]) }),
    ]);
    const [row] = table.rows;
    expect(row?.seeds.map(({ seed, score }) => [seed, score])).toEqual([
      [0, expect.closeTo(0.86, 12)],
      [1, expect.closeTo(0.94, 12)],
    ]);
    expect(row?.score).toMatchObject({
      mean: expect.closeTo(0.9, 12),
      basis: "seeds and episodes",
      seeds: 2,
      items: 4,
    });
    // Seed 1 is seed 0 plus 0.08 everywhere: no residual; MS_seed = 4 · (0.04² + 0.04²) = 0.0128, so σ²_seed = 0.0128/4.
    expect(row?.score?.components?.residual).toBeCloseTo(0, 12);
    expect(row?.score?.components?.seed).toBeCloseTo(0.0032, 12);
  });

  it("holds each seed against the same seed of the other row, and leaves out those that only one has", () => {
    const table = only([
      buildRecord({ algorithm: "a", seed: 0, outcome: classified([poor]) }),
      buildRecord({ algorithm: "a", seed: 1, outcome: classified([good]) }),
      buildRecord({ algorithm: "a", seed: 2, outcome: classified([[63, 69, 66, 72]]) }),
      buildRecord({ algorithm: "b", seed: 1, outcome: classified([[57, 63, 60, 66]]) }),
      buildRecord({ algorithm: "b", seed: 2, outcome: classified([[60, 66, 63, 69]]) }),
    ]);
    const difference = table.rows.find(({ toBest }) => toBest)?.toBest;
    // In seeds 1 and 2 each, a − b is 3/75 in every episode; seed 0 of a has no partner.
    expect(Math.abs(difference?.difference ?? NaN)).toBeCloseTo(0.04, 12);
    expect(difference).toMatchObject({ seeds: 2, standardError: expect.closeTo(0, 12) });
  });

  it("says of a row of several seeds that some were compared with it on one, where its rank covers episode noise only", () => {
    const uneven = (...seeds: readonly number[]) =>
      only([
        ...[0, 1].map((seed) => buildRecord({ algorithm: "a", seed, outcome: classified([good]) })),
        ...seeds.map((seed) => buildRecord({ algorithm: "b", seed, outcome: classified([poor]) })),
      ]);
    const flagged = ({ rows }: ReturnType<typeof uneven>) =>
      rows.map(({ flags }) => flags.find(({ code }) => code === "uneven-seeds")?.text);
    const said = expect.stringMatching(/^Some rows were compared with it on one seed/);
    expect(flagged(uneven(0))).toEqual([said, undefined]);
    expect(uneven(0).pairs.map(({ seeds }) => seeds)).toEqual([1]);
    // Two seeds a row, of which they share one.
    expect(flagged(uneven(1, 2))).toEqual([said, said]);
    expect(flagged(uneven(0, 1))).toEqual([undefined, undefined]);
  });

  it("ranks no row below another for the seeds that both have, where its mean over all seeds is better", () => {
    const { rows } = only([
      ...[poor, good, good].map((correct, seed) =>
        buildRecord({ algorithm: "a", seed, outcome: classified([correct]) }),
      ),
      buildRecord({ algorithm: "b", seed: 0, outcome: classified([[39, 45, 42, 36]]) }),
    ]);
    // On seed 0, b is 24 of 75 better in every episode; over its three seeds a is at 0.647 and b at 0.54.
    expect(rows.map(({ algorithm, place }) => [algorithm.id, place?.rank, place?.low, place?.high])).toEqual([
      ["a", 1.5, 1, 2],
      ["b", 1.5, 1, 2],
    ]);
    expect(rows[1]?.toBest).toMatchObject({ difference: expect.closeTo(0.32, 12), seeds: 1 });
  });

  it("pairs rows without a common seed in the order of their seeds", () => {
    const table = only([
      buildRecord({ algorithm: "a", seed: 0, outcome: classified([good]) }),
      buildRecord({ algorithm: "b", seed: 7, outcome: classified([poor]) }),
    ]);
    expect(table.rows[1]?.toBest).toMatchObject({ difference: expect.closeTo(0.22 - 0.86, 12), seeds: 1 });
  });

  it("lets equal methods share their rank as a tie", () => {
    const table = only([
      buildRecord({ algorithm: "a", outcome: classified([good]) }),
      buildRecord({ algorithm: "b", outcome: classified([[66, 60, 69, 63]]) }),
      buildRecord({ algorithm: "c", outcome: classified([poor]) }),
    ]);
    expect(table.rows.map(({ place }) => [place?.rank, place?.group, place?.low, place?.high])).toEqual([
      [1.5, 1, 1, 2],
      [1.5, 1, 1, 2],
      [3, 2, 3, 3],
    ]);
    expect(table.pairs).toHaveLength(3);
  });

  it("fails a row with one failed seed: no score, no rank, the reason kept, the rest ranked", () => {
    const table = only([
      buildRecord({ algorithm: "a", seed: 0, outcome: classified([good]) }),
      buildRecord({ algorithm: "a", seed: 1, outcome: failed }),
      buildRecord({ algorithm: "b", outcome: classified([poor]) }),
    ]);
    expect(
      table.rows.map(({ algorithm, score, place }) => [algorithm.id, score === null, place?.rank]),
    ).toEqual([
      ["b", false, 1],
      ["a", true, undefined],
    ]);
    expect(table.rows[1]?.seeds[1]?.error).toEqual({ code: "trial-failed", message: "It broke. Mend it." });
    expect(table.rows[1]?.flags.map(({ code }) => code)).toContain("failed-seed");
  });

  it("keeps versions and options apart, and takes the newest run of a seed", () => {
    const reference = "a".repeat(64);
    const first = buildRecord({ outcome: classified([poor]), finishedAt: "2026-01-01T00:00:00Z" });
    const again = {
      ...first,
      identity: reference,
      provenance: { ...first.provenance, finishedAt: "2026-01-02T00:00:00Z" },
    };
    const table = only([
      first,
      again,
      buildRecord({ version: "2.0.0", outcome: classified([good]) }),
      buildRecord({ options: { order: "first" }, outcome: classified([good]) }),
    ]);
    expect(table.rows).toHaveLength(3);
    const row = table.rows.find(({ seeds }) => seeds[0]?.identity === reference);
    expect(row?.superseded).toEqual([first.identity]);
  });

  it("counts the same identity once, the first", () => {
    const record = buildRecord({ outcome: classified([good]) });
    const leaderboard = compileLeaderboard([
      record,
      { ...record, provenance: { ...record.provenance, commit: "other" } },
    ]);
    expect(leaderboard.records).toBe(1);
    expect(leaderboard.tables[0]?.rows[0]?.superseded).toEqual([]);
  });
});

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

describe("adaptation", () => {
  it("has a curve over the steps that every seed took", () => {
    const { rows } = only([
      buildRecord({ seed: 0, outcome: classified([poor, good, good]) }),
      buildRecord({ seed: 1, outcome: classified([poor, good]) }),
    ]);
    expect(rows[0]?.adaptation?.steps).toEqual([0, 1]);
    expect(rows[0]?.adaptation?.curve.map(({ seeds }) => seeds)).toEqual([2, 2]);
  });

  it("keeps the curve with its steps to 90 % and area; lower is better for errors", () => {
    const protocol = findProtocol("few-shot/sinusoid/10-shot").at("quick");
    const errors = [10, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1].map((error) => [error, error]);
    const table = only([
      buildRecord({ protocol, algorithm: "maml", outcome: regressed(errors) }),
      buildRecord({ protocol, algorithm: "pretrained", outcome: regressed([[5, 5.5]]) }),
    ]);
    expect(table.rows.map(({ algorithm }) => algorithm.id)).toEqual(["maml", "pretrained"]);
    // 90 % of the way from 10 to 1 is 1.9: first reached at step 3. Trapezoid: (7 + 3 + 1.5 + 7 · 1) / 10.
    expect(table.rows[0]?.adaptation).toMatchObject({
      stepsTo90: 3,
      area: expect.closeTo(1.85, 12),
      oneShot: false,
    });
    expect(table.rows[1]?.adaptation).toMatchObject({ stepsTo90: null, area: null, oneShot: true });
  });
});

describe("as data", () => {
  it("survives JSON and fits its schema", () => {
    const leaderboard = compileLeaderboard([
      buildRecord({ outcome: classified([good]) }),
      buildRecord({ algorithm: "from-scratch", outcome: classified([poor, good]) }),
      buildRecord({ algorithm: "broken", outcome: failed }),
    ]);
    expect(leaderboardSchema.parse(JSON.parse(JSON.stringify(leaderboard)))).toEqual(leaderboard);
  });

  it("is empty without records", () => {
    expect(compileLeaderboard([])).toEqual({ schemaVersion: 1, newest: null, records: 0, tables: [] });
  });
});
