import { beforeAll, describe, expect, it } from "vitest";
import { startNative } from "../../learner.test-support.ts";
import { firstStep } from "../linear-tasks.test-support.ts";
import { staticWeights } from "./static.ts";

beforeAll(startNative);

const gradients = [
  [1, 2],
  [-3, 4],
];
const under = (weights: unknown) => firstStep(staticWeights, { gradients }, { options: { weights } });

describe("static weights", () => {
  it("weigh each task's loss by the number given for it, whatever the order of the options", () => {
    // On paper: 2 · (1, 2) + 0.25 · (−3, 4).
    const expected = { shared: [1.25, 5], own: [2, 0.25], losses: [1, 1] };
    expect(under({ task0: 2, task1: 0.25 })).toEqual(expected);
    expect(under({ task1: 0.25, task0: 2 })).toEqual(expected);
  });

  it("may leave out a task, but not all", () => {
    expect(under({ task0: 1, task1: 0 }).own).toEqual([1, 0]);
    expect(() => under({ task0: 0, task1: 0 })).toThrow(/All static weights are 0.*Give at least one/);
  });

  it.each([
    [{ task0: 1 }, /given for the tasks task0, and the tasks are task0, task1\. Give each/],
    [{ task0: 1, task1: 1, left: 1 }, /task0, task1, left, and the tasks are task0, task1/],
    [{}, /\(none\), and the tasks are task0, task1/],
    [{ task0: 1, task1: -1 }, /weights\.task1: .*>=0/],
    [undefined, /weights: expected a weight of at least 0 for each task/],
  ])("refuse %j", (weights, message) => {
    expect(() => under(weights)).toThrow(message);
  });
});
