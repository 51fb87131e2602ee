import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { readOutcome, writeOutcome, type Outcome } from "./outcome.ts";

const outcome: Outcome = {
  startedAt: "2026-01-01T00:00:00.000Z",
  backend: {
    backend: "tensorflow",
    device: "cpu",
    deviceName: "A processor",
    library: "2.20",
    threads: 1,
    kernels: [],
  },
  training: { on: "nothing" },
  curve: [],
  curveSeconds: [],
  trainingSeconds: 0.1,
  selected: null,
  updates: 0,
  images: 0,
  resumed: 0,
  scalars: { parameters: 1, state: 2 },
  testSeconds: 1 / 3,
  peakMemoryBytes: 5,
  result: { kind: "multi-task", examples: 1, tasks: [], validation: { left: 0.1 + 0.2 } },
  metrics: [],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metabench-outcome-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
});

it("is read as it was written, to the last bit", async () => {
  await writeOutcome(folder, outcome);
  expect(await readOutcome(folder)).toEqual(outcome);
});

it.each([
  ["is missing", null],
  ["is cut", '{"startedAt": '],
  ["is of another version", JSON.stringify({ ...outcome, more: 1 })],
])("is none where it %s: the trial learns again", async (_, text) => {
  if (text !== null) writeFileSync(join(folder, "outcome.json"), text);
  expect(await readOutcome(folder)).toBeNull();
});
