import { scalar, tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { inScope, startNative } from "../../learner.test-support.ts";
import { leaves } from "../../nn/index.ts";
import { runningStatistics } from "./running-statistics.ts";

beforeAll(startNative);

describe("running statistics", () => {
  it("go a tenth of the way to each batch", () => {
    const running = inScope(() =>
      runningStatistics({ block: { mean: tensor1d([0, 10]), variance: scalar(1) } }),
    );
    const values = () => [...leaves(running.average).values()].flatMap((leaf) => [...leaf.dataSync()]);
    inScope(() => {
      running.update({ block: { mean: tensor1d([1, 0]), variance: scalar(3) } });
    });
    for (const [at, value] of [0.1, 9, 1.2].entries()) expect(values()[at]).toBeCloseTo(value, 6);
    expect(Object.keys(running.state)).toEqual(["statistics.block.mean", "statistics.block.variance"]);
    for (const v of Object.values(running.state)) v.dispose();
  });

  it("are nothing for a backbone that does not normalise", () => {
    const running = runningStatistics({});
    running.update({});
    expect(running.state).toEqual({});
  });
});
