import { describe, expect, it } from "vitest";
import { familyOf, groundOf, isTransductive, testSetOf } from "../leaderboard/comparability.ts";
import type { TrialRecord } from "../record/trial-record.ts";
import { buildRecord, classified, findProtocol, type RecordSketch } from "../testing/index.ts";
import { obstaclesBetween } from "./obstacle.ts";

const protocol = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
const record = (sketch: Partial<RecordSketch> = {}): TrialRecord =>
  buildRecord({ outcome: classified([[60, 61]]), ...sketch } as RecordSketch);

/** Records that differ in one thing each. */
const records: readonly (readonly [what: string, record: TrialRecord])[] = [
  ["nothing", record()],
  ["the method", record({ algorithm: "anil", options: { rate: 1 }, version: "2.0.0" })],
  ["the seed", record({ seed: 4 })],
  ["the protocol's words", record({ protocol: { ...protocol, title: "Other words", seeds: 9 } })],
  ["the protocol's version", record({ protocol: { ...protocol, version: 2 } })],
  ["the tier", record({ protocol: { ...protocol, tier: "standard" } })],
  ["the budget", record({ protocol: { ...protocol, budget: { images: 1000, validateEvery: 100 } } })],
  ["the data", record({ contentHash: "d".repeat(64) })],
  ["the episodes", record({ outcome: classified([[60, 61]], { episodes: "others" }) })],
  ["transduction", record({ outcome: classified([[60, 61]], { transductive: true }) })],
];

describe("reasons why two records may not share a table", () => {
  it("are there exactly where standings keep them apart", () => {
    for (const [one, a] of records)
      for (const [two, b] of records) {
        const together =
          familyOf(a) === familyOf(b) &&
          groundOf(a) === groundOf(b) &&
          testSetOf(a) === testSetOf(b) &&
          isTransductive(a) === isTransductive(b);
        expect(obstaclesBetween(a, b).length === 0, `${one} and ${two}`).toBe(together);
      }
  });

  it("name what differs, all of it", () => {
    const other = record({
      protocol: { ...protocol, budget: { images: 1000, validateEvery: 100 } },
      contentHash: "d".repeat(64),
    });
    expect(obstaclesBetween(record(), other).map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^protocol budget: .*80000.* and .*1000/),
      expect.stringMatching(/^content of the data: double-mnist [0-9a-f]{8} and double-mnist dddddddd$/),
    ]);
  });
});
