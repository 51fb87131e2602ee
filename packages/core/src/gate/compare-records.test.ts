import { describe, expect, it } from "vitest";
import type { TrialRecord } from "../record/trial-record.ts";
import { buildRecord, classified, findProtocol, regressed, type RecordSketch } from "../testing/index.ts";
import { compareRecords } from "./compare-records.ts";
import { compareReportSchema } from "./report.ts";

type Sketch = Partial<RecordSketch> & { readonly right?: number };

/** Ten episodes of 75 queries; seed s has one more right answer for each step of s. */
const trial = (seed: number, { right = 60, ...more }: Sketch = {}): TrialRecord =>
  buildRecord({
    algorithm: "maml",
    seed,
    outcome: classified([Array.from({ length: 10 }, (_, at) => right + ((at + seed) % 3) + (seed % 2))]),
    ...more,
  } as RecordSketch);
const trials = (seeds: number, sketch?: Sketch) =>
  Array.from({ length: seeds }, (_, seed) => trial(seed, sketch));
const failed = { status: "failed", code: "trial-failed", message: "It broke." } as const;
const only = (report: ReturnType<typeof compareRecords>) => {
  compareReportSchema.parse(report);
  const [cell, ...more] = report.cells;
  expect(more).toEqual([]);
  if (!cell) throw new Error("There is no cell.");
  return cell;
};

describe("a comparison of records", () => {
  it("is identical where outcomes are equal to the bit, whatever they cost", () => {
    const report = compareRecords(
      trials(3),
      trials(3, { cost: { trainingSeconds: 1 }, commit: "b".repeat(40) }),
    );
    expect(report).toMatchObject({ verdict: "identical", exitCode: 0, cellsCounted: 0 });
    expect(only(report)).toMatchObject({ drop: 0, decidedBy: "identity" });
  });

  it("names the cell that fell, and asks for a new version", () => {
    const report = compareRecords(
      [...trials(3), ...trials(3, { algorithm: "anil" })],
      [...trials(3, { right: 50 }), ...trials(3, { algorithm: "anil" })],
    );
    expect(report).toMatchObject({ verdict: "regression", exitCode: 10, cellsCounted: 1 });
    const [fallen] = report.cells.filter(({ verdict }) => verdict === "regression");
    expect(fallen).toMatchObject({ label: "maml", baseline: { seeds: [0, 1, 2] } });
    expect(fallen?.drop).toBeCloseTo(10 / 75, 10);
    expect(fallen?.warnings).toMatchObject([{ code: "GATE-VERSION" }]);
    expect(only(compareRecords(trials(3), trials(3, { right: 50, version: "1.1.0" }))).warnings).toEqual([]);
  });

  it("is inconclusive with too few seeds", () => {
    const report = compareRecords(trials(1), [trial(1)]);
    expect(report).toMatchObject({ verdict: "inconclusive", exitCode: 11 });
    const later = only(compareRecords(trials(3), [trial(0, { right: 59 })]));
    expect(later).toMatchObject({ verdict: "inconclusive" });
    expect(later.seedsToSettle).toBeGreaterThan(1);
  });

  it.each<readonly [code: string, sketch: Sketch]>([
    ["data", { contentHash: "c".repeat(64) }],
    ["episodes", { outcome: classified([Array.from({ length: 10 }, () => 60)], { episodes: "others" }) }],
    [
      "protocol-version",
      { protocol: { ...findProtocol("few-shot/double-mnist-28/5w1s").at("quick"), version: 2 } },
    ],
  ])("is not comparable over other %s", (code, sketch) => {
    const { verdict, exitCode, cells } = compareRecords(trials(3), trials(3, sketch));
    expect({ verdict, exitCode }).toEqual({ verdict: "not-comparable", exitCode: 12 });
    expect(cells.map(({ reason }) => reason)).toEqual([code]);
  });

  it("lets a method be new, and misses one that is gone", () => {
    const both = [...trials(2), ...trials(2, { algorithm: "anil" })];
    const more = compareRecords(trials(2), both);
    expect(more.verdict).toBe("identical");
    expect(more.cells).toContainEqual(
      expect.objectContaining({ reason: "missing-baseline", counted: false }),
    );
    expect(compareRecords(both, trials(2))).toMatchObject({ verdict: "not-comparable", exitCode: 12 });
    expect(compareRecords([], trials(2))).toMatchObject({ verdict: "not-comparable", exitCode: 12 });
  });

  it("calls a trial that fails where it did not a regression, and one that fails on both sides the same", () => {
    const broken = [trial(0), trial(1, { outcome: failed }), trial(2)];
    expect(only(compareRecords(trials(3), broken))).toMatchObject({
      verdict: "regression",
      reason: "failed-trial",
      decidedBy: "failure",
    });
    expect(compareRecords(broken, broken).verdict).toBe("identical");
  });

  it("does not count controls unless they are asked for", () => {
    const control = { algorithm: "chance", display: { role: "control" } } as const;
    const sides = [
      [...trials(3), ...trials(3, control)],
      [...trials(3), ...trials(3, { ...control, right: 40 })],
    ] as const;
    expect(compareRecords(...sides).verdict).toBe("identical");
    expect(compareRecords(...sides, { cells: (key) => key.includes("chance") }).verdict).toBe("regression");
  });

  it("pairs a method with itself where its options were changed, and says so", () => {
    const cell = only(compareRecords(trials(3), trials(3, { options: { rate: 0.1 } })));
    expect(cell).toMatchObject({ verdict: "identical", warnings: [{ code: "GATE-OPTIONS" }] });
  });

  it("measures errors by ratio: the same loss counts alike at every scale", () => {
    const protocol = findProtocol("few-shot/sinusoid/10-shot").at("quick");
    const errors = (scale: number, factor: number) =>
      [0, 1, 2, 3].map((seed) =>
        trial(seed, {
          protocol,
          outcome: regressed([[scale * factor * (1 + 0.01 * seed), scale * factor * (1.1 + 0.01 * seed)]]),
        }),
      );
    for (const scale of [1e-3, 1, 1e3]) {
      const cell = only(compareRecords(errors(scale, 1), errors(scale, 1.2)));
      expect(cell).toMatchObject({ verdict: "regression", scale: "ratio", margin: 0.05 });
      expect(cell.drop).toBeCloseTo(0.2, 6);
    }
    expect(only(compareRecords(errors(1, 1), errors(1, 1.2), { margin: { ratio: 0.5 } })).verdict).toBe(
      "no-regression",
    );
  });

  it("takes twice the deviation of the baseline's seeds as margin where that is more than a point", () => {
    const wild = [0, 1, 2].map((seed) => trial(seed, { right: 40 + 10 * seed }));
    const milder = [0, 1, 2].map((seed) => trial(seed, { right: 39 + 10 * seed }));
    const cell = only(compareRecords(wild, milder));
    expect(cell.margin).toBeGreaterThan(0.2);
    expect(cell.verdict).toBe("no-regression");
  });
});
