import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TrialRecord } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { withRightAnswers } from "./changed-records.test-support.ts";
import { metabench, workingFolder } from "./command-line.test-support.ts";

const results = fileURLToPath(new URL("../results", import.meta.url));

/** A folder with a copy of some committed records, each changed or left out. */
function copyOf(change: (record: TrialRecord) => TrialRecord | null): string {
  const folder = join(workingFolder(), "copy");
  mkdirSync(folder);
  for (const name of readdirSync(results).filter((file) => file.endsWith(".json"))) {
    const record = change(JSON.parse(readFileSync(join(results, name), "utf8")) as TrialRecord);
    if (record) writeFileSync(join(folder, name), JSON.stringify(record));
  }
  return folder;
}

const chosen = ({ spec: { protocol, algorithm } }: TrialRecord) =>
  protocol.id === "few-shot/omniglot-vinyals/5w1s" &&
  protocol.division === "closed" &&
  ["prototypical-networks", "maml"].includes(algorithm.id);

/** A record with fewer right answers. */
const losing = (record: TrialRecord, wrong: (episode: number) => number): TrialRecord =>
  record.status === "completed"
    ? withRightAnswers(record, (correct) =>
        correct.map((row) => row.map((right, episode) => Math.max(0, right - wrong(episode)))),
      )
    : record;

const kept = (record: TrialRecord) => (chosen(record) ? record : null);
const compare = async (baseline: string, candidate: string, flags = "") =>
  metabench(workingFolder(), `compare ${baseline} ${candidate} ${flags}`.trim());

describe("metabench compare", () => {
  it("finds the committed records identical with themselves", async () => {
    const { code, out } = await compare(results, results);
    expect(out).toMatch(/^identical: all \d+ cells are identical\.$/m);
    expect(code).toBe(0);
  });

  it("finds a planted loss, and names what fell", async () => {
    const baseline = copyOf(kept);
    const fallen = copyOf((record) =>
      chosen(record) && record.spec.algorithm.id !== "maml" ? losing(record, () => 3) : kept(record),
    );
    const { code, out } = await compare(baseline, fallen);
    expect(out).toMatch(/^regression: 1 of 2 cells fell by more than the margin\.$/m);
    expect(out).toMatch(/regression\s+│ Prototypical Networks/);
    expect(out).toMatch(/GATE-VERSION/);
    expect(code).toBe(10);
  });

  it("finds too few seeds inconclusive, and says how many would do", async () => {
    const baseline = copyOf(kept);
    const altered = copyOf((record) =>
      chosen(record) && record.spec.seed === 0 && record.spec.algorithm.id !== "maml"
        ? losing(record, (episode) => (episode % 50 === 0 ? 1 : 0))
        : null,
    );
    const { code, out } = await compare(
      baseline,
      altered,
      "--cells prototypical-networks --margin 0.1 --json",
    );
    const report = JSON.parse(out) as { cells: { verdict: string; seedsToSettle: number }[] };
    expect(report.cells).toMatchObject([{ verdict: "inconclusive" }]);
    expect(report.cells[0]?.seedsToSettle).toBeGreaterThan(1);
    expect(code).toBe(11);
  });

  it("does not compare over other data", async () => {
    const baseline = copyOf(kept);
    const { code, out } = await compare(
      baseline,
      copyOf((record) => (record.spec.protocol.id === "few-shot/cifar-fs/5w1s" ? record : null)),
    );
    expect(out).toMatch(/^not comparable: 2 of 2 cells cannot be compared\.$/m);
    expect(code).toBe(12);
  });

  it("refuses a folder that is not there, and a margin that is none", async () => {
    expect(await compare("nowhere", results)).toMatchObject({
      code: 3,
      note: expect.stringMatching(/nowhere/) as string,
    });
    expect(await compare(results, results, "--margin 0")).toMatchObject({
      code: 2,
      note: expect.stringMatching(/Give auto, points/) as string,
    });
    const both = await compare(results, results, "--json --markdown -");
    expect(both).toMatchObject({ code: 2, out: "" });
  });
});

describe("metabench why", () => {
  const filesOf = (test: (record: TrialRecord) => boolean) =>
    readdirSync(results)
      .filter(
        (name) =>
          name.endsWith(".json") &&
          test(JSON.parse(readFileSync(join(results, name), "utf8")) as TrialRecord),
      )
      .map((name) => join(results, name));

  it("says that two records may share a table, and why two others may not", async () => {
    const [one = "", two = ""] = filesOf(chosen);
    const [other = ""] = filesOf(
      ({ spec }) => spec.protocol.id === "few-shot/cifar-fs/5w1s" && spec.protocol.division === "closed",
    );
    const same = await metabench(workingFolder(), `why ${one} ${two}`);
    expect(same).toMatchObject({ code: 0, out: expect.stringMatching(/They may share a table/) as string });
    const apart = await metabench(workingFolder(), `why ${one} ${other} --json`);
    expect(JSON.parse(apart.out)).toMatchObject({
      comparable: false,
      reasons: expect.arrayContaining([
        expect.objectContaining({ code: "protocol" }),
        expect.objectContaining({ code: "data" }),
      ]) as unknown,
    });
    expect(apart.code).toBe(12);
  });

  it("asks for files of records", async () => {
    expect(await metabench(workingFolder(), `why ${results} README.md`)).toMatchObject({
      code: 2,
      note: expect.stringMatching(/is no file of a record/) as string,
    });
  });
});
