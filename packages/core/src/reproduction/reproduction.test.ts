import { describe, expect, it } from "vitest";
import { compileLeaderboard } from "../leaderboard/compile.ts";
import { buildRecord, classified } from "../leaderboard/record.test-support.ts";
import type { Protocol } from "../protocol/protocol.ts";
import { findProtocol } from "../testing/protocols.ts";
import type { TrialRecord } from "../record/trial-record.ts";
import type { PublishedBand } from "./band.ts";
import { publishedBands } from "./bands.ts";
import { reproductionMarkdown } from "./markdown.ts";
import { reproductionOf } from "./reproduction.ts";

const protocol = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
const band = (changes: Partial<PublishedBand> = {}): PublishedBand => ({
  protocol: protocol.id,
  algorithm: "maml",
  low: 90,
  high: 95,
  transductive: null,
  source: "Somebody 2017.",
  ...changes,
});
/** 60 of 75 queries right in each of two episodes: 80 %. */
const record = (seed: number, options: Record<string, string> = {}) =>
  buildRecord({ seed, options, outcome: classified([[60, 60]]) });
const row = (bands: readonly PublishedBand[], records: readonly TrialRecord[] = [record(0)]) =>
  reproductionOf(compileLeaderboard(records), bands)[0]?.rows[0];

describe("reproductionOf", () => {
  it("says by how much a mean is below the band, in percent points", () => {
    expect(row([band()])?.short).toBeCloseTo(10, 10);
    expect(row([band()])?.ours?.mean).toBeCloseTo(80, 10);
  });

  it("holds a mean in the band or above it to be no shortfall", () => {
    expect(row([band({ low: 79, high: 81 })])?.short).toBe(0);
    expect(row([band({ low: 50, high: 60 })])?.short).toBe(0);
  });

  // Episodes with 58 and 62 of 75 right: 80 %, and an interval of several points.
  const spread = buildRecord({ outcome: classified([[58, 62, 59, 61]]) });

  it.each([
    ["is wholly above it", { low: 40, high: 60 }, "better"],
    ["has the range within it", { low: 79, high: 81 }, "reaches"],
    ["ends above its lower end, though the mean is below", { low: 81, high: 90 }, "reaches"],
    ["begins below its upper end, though the mean is above", { low: 70, high: 79 }, "reaches"],
    ["is wholly below it", { low: 90, high: 95 }, "below"],
  ])("judges by the interval, which %s", (_, range, standing) => {
    expect(row([band(range)], [spread])?.standing).toBe(standing);
  });

  it("does not compare a row with a number that depends on other queries, and prefers one that does not", () => {
    const transductive = band({ transductive: true, low: 99, high: 99 });
    expect(row([transductive])).toMatchObject({ standing: "other setting", short: null });
    expect(row([transductive, band({ transductive: false })])).toMatchObject({ standing: "below" });
    const seen = buildRecord({ outcome: classified([[60, 60]], { transductive: true }) });
    expect(row([band({ transductive: false }), transductive], [seen])?.band).toBe(transductive);
  });

  it("puts a band beside rows of its protocol, algorithm and options alone", () => {
    expect(row([band({ protocol: "few-shot/double-mnist-28/5w5s" })])?.band).toBeNull();
    expect(row([band({ algorithm: "reptile" })])?.band).toBeNull();
    expect(row([band({ options: { order: "1" } })])?.band).toBeNull();
    expect(row([band({ options: { order: "1" } })], [record(0, { order: "1" })])?.band).not.toBeNull();
  });

  it("has no number where a seed failed, and counts the seeds", () => {
    const failed = buildRecord({
      seed: 1,
      outcome: { status: "timed-out", code: "trial-failed", message: "Too slow." },
    });
    expect(row([band()], [record(0), failed])).toMatchObject({ ours: null, short: null, seeds: 2 });
    expect(row([band()], [record(0), record(1)])).toMatchObject({ seeds: 2 });
  });

  it("takes the last look by each quarter of the budget, the mean over seeds", () => {
    const { images } = protocol.budget;
    const curve = (scores: readonly number[]) =>
      scores.map((accuracy, at) => ({
        images: (images * at) / 5,
        updates: at,
        losses: {},
        validation: { accuracy },
        score: accuracy,
      }));
    const seeds = [
      { ...record(0), trainingCurve: curve([0.2, 0.3, 0.4, 0.5, 0.6, 0.7]) },
      { ...record(1), trainingCurve: curve([0.2, 0.5, 0.6, 0.7, 0.8, 0.9]) },
    ];
    // Looks at 0, 20, 40, 60, 80 and 100 %.
    for (const [at, expected] of [40, 50, 60, 80].entries())
      expect(row([], seeds)?.validation[at]).toBeCloseTo(expected, 10);
  });

  const opened = (changes: Partial<Protocol>, options: Record<string, string> = {}) =>
    buildRecord({
      protocol: { ...protocol, division: "open", ...changes } as Protocol,
      options,
      outcome: classified([[60, 60]]),
    });
  const longer = { budget: { ...protocol.budget, images: 2 * protocol.budget.images } };

  it("has no table for the open division alone", () => {
    expect(reproductionOf(compileLeaderboard([opened({})]), [])).toEqual([]);
  });

  it("holds methods of the open division that had another budget beside the closed division's table", () => {
    const [table] = reproductionOf(compileLeaderboard([record(0), opened(longer)]), [band()]);
    expect(table?.rows).toHaveLength(1);
    expect(table?.otherTraining).toMatchObject([{ label: "maml", images: 2 * protocol.budget.images }]);
    expect(table?.otherTraining[0]?.short).toBeCloseTo(10, 10);
  });

  it("holds those whose training images were changed beside it too", () => {
    const changed = buildRecord({
      protocol: { ...protocol, division: "open" },
      trainingOptions: { augmentation: ["flip"] },
      outcome: classified([[60, 60]]),
    });
    const [table] = reproductionOf(compileLeaderboard([record(0), changed]), []);
    expect(table?.otherTraining).toMatchObject([{ images: protocol.budget.images }]);
  });

  it("leaves out what differs in more than its training", () => {
    const wider = { ...longer, backbone: { ...protocol.backbone, options: { width: 128 } } };
    const [table] = reproductionOf(compileLeaderboard([record(0), opened(wider), opened({})]), []);
    expect(table?.otherTraining).toEqual([]);
  });

  it("takes shares of the row's own budget", () => {
    const curve = [0, 1, 2].map((at) => ({
      images: at * protocol.budget.images,
      updates: at,
      losses: {},
      validation: { accuracy: 0.3 + 0.1 * at },
      score: 0.3 + 0.1 * at,
    }));
    const trained = { ...opened(longer), trainingCurve: curve };
    const [table] = reproductionOf(compileLeaderboard([record(0), trained]), []);
    const looks = table?.otherTraining[0]?.validation.map((value) => Math.round(value));
    expect(looks).toEqual([30, 40, 40, 50]);
  });
});

describe("reproductionMarkdown", () => {
  const page = (bands: readonly PublishedBand[]) =>
    reproductionMarkdown(reproductionOf(compileLeaderboard([record(0), record(1)]), bands));

  it("shows ours beside the band, how it was published, and where it comes from", () => {
    const text = page([band({ paper: 94, secondHand: true })]);
    expect(text).toContain(
      "| 90.0 – 95.0, paper 94.0, transductive or not is not said, second-hand | **below by 10.0 points** |",
    );
    expect(text).toContain("- maml: Somebody 2017.");
    expect(text).toContain(
      "Rows whose interval reaches the published range of the same setting, or is better: 0 of 1 in few-shot classification.",
    );
  });

  it("shows other training with their training images, and nothing of them where there are none", () => {
    const open = buildRecord({
      protocol: { ...protocol, division: "open", budget: { ...protocol.budget, images: 1_234_567 } },
      outcome: classified([[60, 60]]),
    });
    const text = reproductionMarkdown(reproductionOf(compileLeaderboard([record(0), open]), []));
    expect(text).toMatch(/Trained otherwise[^]*\| maml \| 1,234,567 \| 80\.0/);
    expect(page([])).not.toContain("Trained otherwise");
  });

  it("says once where a band comes from, also where only a row that was trained otherwise stands beside it", () => {
    const open = (options: Record<string, string>) =>
      buildRecord({
        protocol: { ...protocol, division: "open", budget: { ...protocol.budget, images: 1_234_567 } },
        options,
        outcome: classified([[60, 60]]),
      });
    const first = band({ options: { order: "1" }, source: "Somebody else 2018." });
    const records = [record(0), open({}), open({ order: "1" })];
    const text = reproductionMarkdown(reproductionOf(compileLeaderboard(records), [first, band()]));
    expect(text.match(/Somebody 2017\./g)).toHaveLength(1);
    expect(text.match(/Somebody else 2018\./g)).toHaveLength(1);
  });

  it("shows a row without a published number", () => {
    expect(page([])).toMatch(/\| maml \| 80\.0 \(.*\) \| 2 \| – \| – \|/);
  });
});

describe("the published bands", () => {
  it("are each of a method once, from worse to better", () => {
    const names = publishedBands.map(({ protocol: id, algorithm, options, transductive }) =>
      JSON.stringify([id, algorithm, options, transductive]),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const { low, high, paper } of publishedBands) {
      expect(low).toBeLessThanOrEqual(high);
      if (paper !== undefined) expect(paper >= low && paper <= high).toBe(true);
    }
  });

  // Finn et al. 2017 tabulate 5 shots; at 10 shots there is a figure only.
  it("are of sinusoids with 5 shots, and of no R2D2 on Conv4", () => {
    const sinusoids = publishedBands.filter(({ protocol: id }) => id.startsWith("few-shot/sinusoid"));
    expect(sinusoids.map(({ protocol: id, algorithm, low }) => [id, algorithm, low])).toEqual([
      ["few-shot/sinusoid/5-shot", "maml", 0.35],
      ["few-shot/sinusoid/5-shot", "pretrained", 2.19],
    ]);
    expect(publishedBands.filter(({ algorithm }) => algorithm === "r2d2")).toEqual([]);
  });
});
