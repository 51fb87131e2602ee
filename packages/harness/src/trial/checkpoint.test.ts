import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engine, fill, tensor, variable, type DataType } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startBackend } from "../backend/start.ts";
import { readCheckpoint, restoreSnapshot, takeSnapshot, writeCheckpoint } from "./checkpoint.ts";
import { inScope } from "./scope.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterEach(() => {
  for (const one of Object.values(engine().registeredVariables)) one.dispose();
});

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "metabench-checkpoint-"));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
};

const filled = (shape: number[], value: number, type: DataType = "float32") =>
  inScope(() => variable(fill(shape, value, type), true, undefined, type));

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

describe("a snapshot of a learner", () => {
  it("is a copy, and restores parameters and state", () => {
    const learner = {
      parameters: { weights: filled([2, 3], 1.5) },
      state: { steps: filled([], 7, "int32") },
    };
    const snapshot = takeSnapshot(learner);
    inScope(() => {
      learner.parameters.weights.assign(tensor([1, 2, 3, 4, 5, 6], [2, 3]));
      learner.state.steps.assign(tensor(9, [], "int32"));
    });
    expect(snapshot).toEqual({ weights: new Float32Array(6).fill(1.5), steps: Int32Array.of(7) });
    restoreSnapshot(learner, snapshot);
    expect(takeSnapshot(learner)).toEqual(snapshot);
  });

  it.each([
    ["a variable that was not stored", { a: [2], b: [1] }, /differ in b; raise the plugin's version/],
    ["a stored variable that is gone", {}, /differ in a; raise the plugin's version/],
    [
      "a variable of another size",
      { a: [3] },
      /"a" was stored with 2 numbers and has 3; raise the plugin's version/,
    ],
  ])("refuses %s, and says what to do", (_, shapes, says) => {
    const snapshot = takeSnapshot({ parameters: { a: filled([2], 0) }, state: {} });
    const parameters = Object.fromEntries(
      Object.entries<number[]>(shapes).map(([name, shape]) => [name, filled(shape, 0)]),
    );
    expect(() => {
      restoreSnapshot({ parameters, state: {} }, snapshot);
    }).toThrow(expect.objectContaining({ code: "contract-broken", message: expect.stringMatching(says) }));
  });

  it("refuses a name that is in both parameters and state", () => {
    expect(() => takeSnapshot({ parameters: { a: filled([1], 0) }, state: { a: filled([1], 1) } })).toThrow(
      expect.objectContaining({ code: "contract-broken", message: expect.stringContaining('"a"') }),
    );
  });
});
