import { describe, expect, it } from "vitest";
import { rowOf, scored, tableOf } from "../table/table.test-support.ts";
import { drawn, heightOf } from "./drawing.test-support.ts";
import { beyondInWords, scoreAgainstTime } from "./score-against-time.ts";
import { devicesInWords } from "./timed-devices.ts";

function timed(id: string, mean: number, ms: number, device = "one") {
  const timing = { median: ms, p95: ms };
  return rowOf(id, {
    score: scored(mean),
    cost: {
      adaptationMs: timing,
      predictionMs: timing,
      trainingSeconds: 1,
      testSeconds: 1,
      secondsTo95: null,
      updatesPerSecond: null,
      imagesPerSecond: null,
      peakMemoryBytes: 1,
      parameters: 1,
      devices: [device],
    },
  });
}

describe("scoreAgainstTime", () => {
  it("keeps every name within the picture, however close the points lie", () => {
    const rows = Array.from({ length: 19 }, (_, i) =>
      timed(`method ${String(i)}`, 0.97 + i / 10_000, 5 + i / 100),
    );
    const svg = scoreAgainstTime(tableOf(rows))?.svg ?? "";
    const places = drawn(svg, ".names text").map((name) => name.at("y"));
    expect(places).toHaveLength(19);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...places)).toBeLessThanOrEqual(heightOf(svg) - 10);
  });

  it("names controls that lie beyond the methods instead of drawing them", () => {
    const chance = timed("chance", 0.2, 1);
    const control = { ...chance, algorithm: { ...chance.algorithm, role: "control" as const } };
    const table = tableOf([timed("a", 0.9, 2), timed("b", 0.95, 3), control]);
    expect(drawn(scoreAgainstTime(table)?.svg ?? "", ".names text").map(({ text }) => text)).toEqual([
      "a",
      "b",
    ]);
    expect(beyondInWords(table)).toBe(" Outside the axis: chance 20.0.");
  });

  it("marks the device of each row, and warns where there are several", () => {
    expect(devicesInWords(tableOf([timed("a", 0.9, 2), timed("b", 0.95, 3)]))).toBe("");
    expect(devicesInWords(tableOf([timed("a", 0.9, 2), timed("b", 0.95, 3, "two")]))).toMatch(
      /Times of different devices are not comparable.*circles on one; squares on two/,
    );
  });
});
