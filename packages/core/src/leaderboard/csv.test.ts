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

  it("leaves empty what does not exist and names the failure", () => {
    const cells = lines[2]?.split(",") ?? [];
    expect(cells[head.indexOf("status")]).toBe("failed");
    expect(cells[head.indexOf("score")]).toBe("");
    expect(cells[head.indexOf("rank")]).toBe("");
  });
});
