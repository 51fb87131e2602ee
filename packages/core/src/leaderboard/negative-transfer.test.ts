import { describe, expect, it } from "vitest";
import { findProtocol } from "../testing/protocols.ts";
import { compileLeaderboard } from "./compile.ts";
import { buildRecord, classified, failed, good, multiTasked, only } from "./record.test-support.ts";

describe("negative transfer", () => {
  it("is the reference's accuracy minus the method's, with the share of episodes harmed and its null level", () => {
    const table = only([
      buildRecord({ algorithm: "from-scratch", seed: 0, outcome: classified([[30, 30, 30, 30]]) }),
      buildRecord({ algorithm: "from-scratch", seed: 1, outcome: classified([[45, 15, 30, 30]]) }),
      buildRecord({ algorithm: "maml", seed: 0, outcome: classified([[60, 15, 60, 45]]) }),
      buildRecord({ algorithm: "maml", seed: 1, outcome: classified([[60, 15, 60, 45]]) }),
    ]);
    const transfer = table.rows.find(({ algorithm }) => algorithm.id === "maml")?.transfer;
    if (transfer?.kind !== "few-shot") throw new Error("no few-shot transfer");
    // Reference mean 30/75 = 0.4; method 45/75 = 0.6.
    expect(transfer.gap.difference).toBeCloseTo(-0.2, 12);
    // Against reference seed 0 one of four is below, against seed 1 none: (1/4 + 0) / 2.
    expect(transfer.episodesHarmed).toBeCloseTo(0.125, 12);
    // Seed 0 below seed 1 in one of four, seed 1 below seed 0 in one of four.
    expect(transfer.nullLevel).toBeCloseTo(0.25, 12);
  });

  it("holds an open row against the reference of its own definition, else against the closed division's", () => {
    const closed = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
    const wide = { ...closed, division: "open", backbone: { id: "wide", options: {} } } as const;
    const narrow = { ...closed, division: "open", backbone: { id: "narrow", options: {} } } as const;
    const { tables } = compileLeaderboard([
      buildRecord({ algorithm: "from-scratch", outcome: classified([[30, 30, 30, 30]]) }),
      buildRecord({ protocol: wide, algorithm: "from-scratch", outcome: classified([[45, 45, 45, 45]]) }),
      buildRecord({ protocol: wide, outcome: classified([[60, 60, 60, 60]]) }),
      buildRecord({ protocol: narrow, outcome: classified([[60, 60, 60, 60]]) }),
    ]);
    const gaps = tables
      .flatMap(({ rows }) => rows)
      .flatMap(({ transfer }) => (transfer.kind === "few-shot" ? [transfer.gap.difference] : []))
      .toSorted((a, b) => a - b);
    // The reference of the wide backbone is at 45/75, the closed one at 30/75; the open one against itself is no gap.
    expect(gaps).toEqual([expect.closeTo(-0.4, 12), expect.closeTo(-0.2, 12)]);
  });

  it("holds a closed row against no reference of another definition, though it stands in the same division", () => {
    const closed = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
    const shorter = { ...closed, budget: { ...closed.budget, images: closed.budget.images - 1 } };
    const { tables } = compileLeaderboard([
      buildRecord({ protocol: shorter, algorithm: "from-scratch", outcome: classified([[45, 45, 45, 45]]) }),
      buildRecord({ outcome: classified([[60, 60, 60, 60]]) }),
    ]);
    const row = tables.flatMap(({ rows }) => rows).find(({ algorithm }) => algorithm.id === "maml");
    expect(row?.transfer).toMatchObject({
      kind: "none",
      // On the same data and episodes it has been run: what it lacks is the definition.
      reason: expect.stringMatching(/has not been run .*under the same definition \(backbone, budget\)/),
    });
  });

  it("takes a reference of whose training nothing was asked before one that was trained otherwise", () => {
    const table = only([
      buildRecord({ algorithm: "from-scratch", outcome: classified([[30, 30, 30, 30]]) }),
      buildRecord({
        algorithm: "from-scratch",
        outcome: classified([[45, 45, 45, 45]]),
        trainingOptions: { clipNorm: 1 },
        finishedAt: "2027-01-01T00:00:00Z",
      }),
      buildRecord({ outcome: classified([[60, 60, 60, 60]]) }),
    ]);
    const transfer = table.rows.find(({ algorithm }) => algorithm.id === "maml")?.transfer;
    expect(transfer).toMatchObject({ kind: "few-shot", gap: { difference: expect.closeTo(-0.4, 12) } });
  });

  it("says in words where the reference is missing or failed", () => {
    const [alone] = only([buildRecord({ outcome: classified([good]) })]).rows;
    expect(alone?.transfer).toMatchObject({
      kind: "none",
      reason: expect.stringMatching(/has not been run/),
    });
    expect(alone?.flags.map(({ code }) => code)).toContain("missing-reference");
    const [beside] = only([
      buildRecord({ outcome: classified([good]) }),
      buildRecord({ algorithm: "from-scratch", outcome: failed }),
    ]).rows;
    expect(beside?.transfer).toMatchObject({ kind: "none", reason: expect.stringMatching(/failed seed/) });
  });

  it("is taken task by task in multi-task learning, with both relative changes", () => {
    const protocol = findProtocol("multi-task/multi-mnist").at("quick");
    const table = only([
      buildRecord({
        protocol,
        algorithm: "single-task",
        outcome: multiTasked({ left: [1, 1, 1, 1, 0, 1, 1, 1, 1, 1], right: [1, 1, 1, 1, 1, 0, 0, 1, 0, 0] }),
      }),
      buildRecord({
        protocol,
        algorithm: "hard-sharing",
        outcome: multiTasked({ left: [1, 1, 1, 1, 0, 0, 1, 1, 0, 0], right: [1, 1, 1, 1, 1, 1, 0, 1, 0, 0] }),
      }),
    ]);
    const row = table.rows.find(({ algorithm }) => algorithm.id === "hard-sharing");
    // left 6/10, right 7/10; alone 9/10 and 6/10.
    expect(row?.score?.mean).toBeCloseTo(0.65, 12);
    expect(row?.tasks.map(({ id, score }) => [id, score.mean])).toEqual([
      ["left", expect.closeTo(0.6, 12)],
      ["right", expect.closeTo(0.7, 12)],
    ]);
    if (row?.transfer.kind !== "multi-task") throw new Error("no multi-task transfer");
    expect(row.transfer.tasks.map(({ gap }) => gap.difference)).toEqual([
      expect.closeTo(0.3, 12),
      expect.closeTo(-0.1, 12),
    ]);
    // ((0.6 − 0.9)/0.9 + (0.7 − 0.6)/0.6) / 2 = (−1/3 + 1/6) / 2 = −1/12.
    expect(row.transfer.deltaP?.percent).toBeCloseTo(-100 / 12, 9);
    expect(row.transfer.deltaM?.percent).toBeCloseTo(100 / 12, 9);
    expect(row.transfer.tasksHarmed).toBeNull();
  });
});
