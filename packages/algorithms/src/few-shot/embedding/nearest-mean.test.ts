import { tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startNative } from "../../learner.test-support.ts";
import { nearestMean, nearestMeanByAngle } from "./nearest-mean.ts";

beforeAll(startNative);

// Two classes of two shots; their means are (2, 0) and (0, 3).
const support = () => ({
  inputs: tensor2d([
    [1, 0],
    [3, 0],
    [0, 2],
    [0, 4],
  ]),
  ways: 2,
  shots: 2,
});
const logits = (classifier: typeof nearestMean, query: [number, number]) =>
  tidy(
    () =>
      classifier({ ...support(), labels: tensor1d([0, 0, 1, 1], "int32") })
        .predict(tensor2d([query]))
        .arraySync() as number[][],
  )[0];

describe("class means", () => {
  it("compare by squared distance", () => {
    expect(logits(nearestMean, [2, 1])).toEqual([-1, -8]);
  });

  it("compare by cosine similarity times a scale, whatever the lengths", () => {
    const byAngle: typeof nearestMean = (set) => nearestMeanByAngle(set, 10);
    const [near, far] = logits(byAngle, [3, 4]) ?? [];
    expect(near).toBeCloseTo(6, 5);
    expect(far).toBeCloseTo(8, 5);
    expect(logits(byAngle, [30, 40])).toEqual([expect.closeTo(6, 5), expect.closeTo(8, 5)]);
  });
});
