import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explanationFile, packHeatMap, type Explanation } from "@metabench/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { explanationsIn } from "./explanations.ts";
import { openStore } from "./store.ts";

const identity = "a".repeat(64);
const explanation: Explanation = {
  schemaVersion: 1,
  identity,
  finishedAt: "2026-01-01T00:00:00Z",
  image: [1, 1, 1],
  kept: { block: 1, height: 1, width: 1 },
  saliency: { method: "gradient-times-input", state: "computed" },
  occlusion: { patch: 1, stride: 1, rows: 1, columns: 1 },
  pictures: [],
  tasks: [
    {
      name: "left",
      classes: 2,
      support: [],
      examples: [
        {
          picture: null,
          label: 0,
          predicted: 1,
          probability: 0.5,
          saliency: packHeatMap([1]),
          occlusion: packHeatMap([-1]),
          attention: null,
        },
      ],
    },
  ],
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "metabench-explanations-"));
  onTestFinished(() => {
    rmSync(made, { recursive: true });
  });
  return made;
}

describe("explanations in a store", () => {
  it("are read as they were written, replaced when written again, and are no records", async () => {
    const store = await openStore(folder());
    const explanations = explanationsIn(store.folder);
    expect(await explanations.read(identity)).toBeNull();
    const file = await explanations.write({ ...explanation, pictures: [] });
    await explanations.write(explanation);
    expect(file).toBe(join(store.folder, explanationFile(identity)));
    expect(await explanations.read(identity)).toEqual(explanation);
    expect(await explanations.list()).toEqual([explanation]);
    expect(await store.list()).toEqual([]);
    expect(readdirSync(join(store.folder, ".work"))).toEqual([]);
  });

  it.each([
    ["torn", '{"schemaVersion": 1,', /saliency\.json is not a valid explanation of a trial: it is not JSON/],
    [
      "of another trial",
      JSON.stringify({ ...explanation, identity: "b".repeat(64) }),
      /identity: it is of trial b+/,
    ],
  ])("are refused where %s, with file, reason and what to do", async (_, text, message) => {
    const where = folder();
    writeFileSync(join(where, explanationFile(identity)), text);
    await expect(explanationsIn(where).list()).rejects.toThrow(message);
    await expect(explanationsIn(where).read(identity)).rejects.toThrow(
      /Delete the file and run `metabench explain` again/,
    );
  });

  it("cannot be read from a folder that does not exist", async () => {
    await expect(explanationsIn(join(folder(), "nowhere")).list()).rejects.toThrow(/cannot be read/);
  });
});
