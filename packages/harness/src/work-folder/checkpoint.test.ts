import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "metabench-checkpoint-"));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
};

describe("a checkpoint on disk", () => {
  it("holds values bit by bit, their types, and JSON of any length beside them", async () => {
    const place = folder();
    const snapshots = {
      current: {
        "body.kernel": Float32Array.of(0.1, -0, 1e-45, 3.4028234663852886e38, NaN, -Infinity),
        count: Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 0),
        empty: new Float32Array(0),
      },
      best: { "body.kernel": Float32Array.of(1, 2, 3, 4, 5, 6) },
    };
    // Lengths of the header that leave every rest by four, since arrays follow it.
    for (const words of ["", "a", "ab", "abc", "ä ö ☃"]) {
      const description = { words, nested: [1, null, { x: -0.5 }] };
      await writeCheckpoint(place, "kept", { description, snapshots });
      expect(await readCheckpoint(place, "kept")).toEqual({ description, snapshots });
    }
    expect(readdirSync(place), "nothing temporary stays").toEqual(["kept"]);
  });

  it("is null where there is none", async () => {
    expect(await readCheckpoint(folder(), "kept")).toBeNull();
  });
});
