import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { explanationFile, packHeatMap, type Explanation } from "@metabench/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readExplanations } from "./read-explanations.ts";

const identity = "a".repeat(64);
const finishedAt = "2026-01-01T00:00:00Z";
const records = [{ identity, provenance: { finishedAt } }];
const explanation: Explanation = {
  schemaVersion: 1,
  identity,
  finishedAt,
  image: [2, 2, 1],
  kept: { block: 1, height: 2, width: 2 },
  saliency: { method: "gradient-times-input", state: "not-differentiable" },
  occlusion: { patch: 1, stride: 1, rows: 2, columns: 2 },
  pictures: [],
  tasks: [
    {
      name: "episode 1",
      classes: 2,
      support: [],
      examples: [
        {
          picture: null,
          label: 0,
          predicted: 1,
          probability: 0.5,
          saliency: null,
          occlusion: packHeatMap([1, 2, 3, 4]),
          attention: null,
        },
      ],
    },
  ],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metabench-explanations-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (text: string) => {
  writeFileSync(join(folder, explanationFile(identity)), text);
};

describe("readExplanations", () => {
  it("reads those of the records, and none from folders that do not exist", () => {
    write(JSON.stringify(explanation));
    const folders = [join(folder, "nowhere"), folder].join(delimiter);
    expect([...readExplanations(folders, records)]).toEqual([[identity, explanation]]);
  });

  it("leaves out one without a record, and one of a trial that was run again since", () => {
    write(JSON.stringify(explanation));
    expect(readExplanations(folder, []).size).toBe(0);
    const again = [{ identity, provenance: { finishedAt: "2026-01-02T00:00:00Z" } }];
    expect(readExplanations(folder, again).size).toBe(0);
  });

  it.each([
    [
      "is torn",
      '{"schemaVersion": 1, "ident',
      /a+\.saliency\.json is not a valid explanation of a trial: SyntaxError/,
    ],
    [
      "is another version",
      JSON.stringify({ ...explanation, schemaVersion: 2 }),
      /schemaVersion: .*expected 1/,
    ],
  ])("names the file, field and reason of what %s", (_, text, message) => {
    write(text);
    expect(() => readExplanations(folder, records)).toThrow(message);
  });
});
