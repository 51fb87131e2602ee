import type { TrialSpec } from "@metabench/core";
import { describe, expect, it } from "vitest";
import type { TrialPlugins } from "../execute/index.ts";
import { checkAsRecorded } from "./as-recorded.ts";

const here = (version: string, source: string | null) => ({ plugin: { version }, origin: { source } });
const plugins = (algorithm: unknown) =>
  ({ algorithm, dataset: here("1.0.0", null), backbone: here("1.0.0", null) }) as TrialPlugins;
const recorded = { id: "mine", version: "1.0.0", options: {}, source: null };
const spec = {
  algorithm: { ...recorded, source: "b".repeat(64) },
  dataset: { ...recorded, contentHash: "a".repeat(64) },
  backbone: recorded,
} as unknown as TrialSpec;
const check =
  (algorithm: unknown, content = "a".repeat(64)) =>
  () => {
    checkAsRecorded(spec, plugins(algorithm), content);
  };

describe("plugins and data of a trial", () => {
  it("are taken where they are what they were", () => {
    expect(check(here("1.0.0", "b".repeat(64)))).not.toThrow();
  });

  it.each([
    [
      "another version",
      check(here("1.1.0", "b".repeat(64))),
      /algorithm mine was of version 1\.0\.0 and is now of 1\.1\.0/,
    ],
    ["another text", check(here("1.0.0", "c".repeat(64))), /algorithm mine has another text than then/],
    [
      "other content",
      check(here("1.0.0", "b".repeat(64)), "d".repeat(64)),
      /dataset mine has another content/,
    ],
  ])("are refused for %s, with what to do", (_, refused, message) => {
    expect(refused).toThrow(message);
    expect(refused).toThrow(/or run the trial anew\.$/);
  });
});
