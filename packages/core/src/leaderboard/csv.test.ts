import { describe, expect, it } from "vitest";
import { compileLeaderboard } from "./compile.ts";
import { standingsCsv } from "./csv.ts";
import { buildRecord, classified } from "./record.test-support.ts";

describe("standingsCsv", () => {
  const lines = standingsCsv(
    compileLeaderboard([
      buildRecord({
        algorithm: "maml",
        options: { order: "first, second" },
        training: { on: "episodes", ways: 5, shots: 1, queries: 15, perUpdate: 4 },
        triedSettings: 3,
        outcome: classified([[60, 66]]),
      }),
      buildRecord({
        algorithm: "broken",
        outcome: { status: "timed-out", code: "trial-failed", message: "Too slow." },
      }),
    ]),
  ).split("\r\n");
  const head = lines[0]?.split(",") ?? [];

  it("has a head line and one line a row, with quoted commas and quotes", () => {
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('"{""order"":""first, second""}"');
    expect(head.slice(0, 3)).toEqual(["table", "protocol", "protocol_version"]);
  });

  it("says what an update was trained on, a column for each number, and how many settings were tried", () => {
    // The options before them hold a comma, in quotes; these columns are told apart from the other end.
    const cells = lines[1]?.split(",") ?? [];
    const cell = (name: string) => cells.at(head.indexOf(name) - head.length);
    expect(cell("trained_on")).toBe("episodes");
    expect(cell("training_ways")).toBe("5");
    expect(cell("training_shots")).toBe("1");
    expect(cell("training_queries")).toBe("15");
    expect(cell("training_per_update")).toBe("4");
    expect(cell("tried_settings")).toBe("3");
  });

  it("leaves empty what does not exist and names the failure", () => {
    const cells = lines[2]?.split(",") ?? [];
    expect(cells[head.indexOf("status")]).toBe("failed");
    expect(cells[head.indexOf("score")]).toBe("");
    expect(cells[head.indexOf("rank")]).toBe("");
    expect(cells[head.indexOf("trained_on")]).toBe("");
    expect(cells[head.indexOf("tried_settings")]).toBe("");
  });
});
