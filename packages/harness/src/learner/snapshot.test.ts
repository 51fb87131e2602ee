import { engine, fill, tensor, variable, type DataType } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../backend/index.ts";
import { inScope } from "./scope.ts";
import { restoreSnapshot, takeSnapshot } from "./snapshot.ts";

beforeAll(async () => {
  await startBackend({ threads: 1 });
});
afterEach(() => {
  for (const one of Object.values(engine().registeredVariables)) one.dispose();
});

const filled = (shape: number[], value: number, type: DataType = "float32") =>
  inScope(() => variable(fill(shape, value, type), true, undefined, type));

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
