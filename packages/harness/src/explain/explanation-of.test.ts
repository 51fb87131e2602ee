import { explanationLayout, fromBase64, unpackHeatMap, type CompletedRecord } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { explanationOf } from "./explanation-of.ts";
import type { FixedExamples } from "./fixed-examples.ts";

const image = [60, 60, 1] as const;
const layout = explanationLayout(image);
const record = {
  identity: "a".repeat(64),
  provenance: { finishedAt: "2026-01-01T00:00:00Z" },
} as Pick<CompletedRecord, "identity" | "provenance">;

/** Three images, each of one brightness; the last but one is the support of class 1, the first and the last are asked about. */
const fixed: FixedExamples = {
  image,
  message: {
    type: "explain",
    images: Uint8Array.from({ length: 3 * 3600 }, (_, at) => 10 * Math.floor(at / 3600)),
    episodes: [],
    queries: new Uint32Array(),
    layout,
    transductive: false,
  },
  tasks: [{ name: "episode 1", classes: 2, support: [1, 1], queries: [0, 2], labels: [0, 1] }],
};
const explained = (saliency: Float32Array) => {
  const one = {
    predicted: 1,
    probability: 0.75,
    saliency,
    occlusion: new Float32Array(layout.rows * layout.columns),
  };
  return {
    type: "explained" as const,
    state: "computed" as const,
    tasks: [[one, one].map((example) => ({ ...example, attention: Float32Array.of(0.123456, 0.876544) }))],
  };
};

describe("an explanation", () => {
  it("keeps each picture once, reduced by its mean, and maps by their sum", () => {
    const explanation = explanationOf(record, fixed, explained(new Float32Array(3600).fill(1)), true);
    expect(explanation.kept).toEqual({ block: 2, height: 30, width: 30 });
    expect(explanation.pictures.map((bytes) => [...new Set(fromBase64(bytes))])).toEqual([[0], [20], [10]]);
    const [task] = explanation.tasks;
    expect(task?.examples).toMatchObject([
      { picture: 0, label: 0, predicted: 1, probability: 0.75, attention: [0.1235, 0.8765] },
      { picture: 1, label: 1 },
    ]);
    expect(task?.support).toEqual([
      { picture: 2, label: 0 },
      { picture: 2, label: 1 },
    ]);
    const map = task?.examples[0]?.saliency;
    expect(map && [...new Set(unpackHeatMap(map))]).toEqual([4]);
  });

  it("has no pictures where they are left out", () => {
    const explanation = explanationOf(record, fixed, explained(new Float32Array(3600)), false);
    expect(explanation.pictures).toEqual([]);
    expect(explanation.tasks[0]?.examples[0]?.picture).toBeNull();
  });
});
