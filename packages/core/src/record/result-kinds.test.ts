import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkRecord, type TrialRecord } from "./trial-record.ts";

const results = new URL("../../../../results/", import.meta.url);
const records = readdirSync(results)
  .filter((file) => file.endsWith(".json"))
  .map((file) => checkRecord(JSON.parse(readFileSync(new URL(file, results), "utf8")), file));
const completed = (kind: TrialRecord["spec"]["protocol"]["kind"]) =>
  records.find((record) => record.status === "completed" && record.spec.protocol.kind === kind);

describe("a record", () => {
  it("is refused where its result is of another kind than its protocol", () => {
    const episodes = completed("few-shot-classification");
    const functions = completed("few-shot-regression");
    const tasks = completed("multi-task");
    for (const [record, other] of [
      [episodes, functions],
      [episodes, tasks],
      [tasks, episodes],
      [functions, tasks],
    ]) {
      const result = other?.status === "completed" ? other.result : undefined;
      expect(() => checkRecord({ ...record, result }, "a file")).toThrow(/result\.kind: this kind of result/);
    }
  });
});
