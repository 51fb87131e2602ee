import { describe, expect, it } from "vitest";
import { findProtocol } from "../testing/protocols.ts";
import { compileLeaderboard } from "./compile.ts";
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
    expect(table.rows[1]?.seeds[1]?.error).toEqual({ code: "trial-failed", message: "It broke. Fix it." });
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
