import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import { mul, scalar, sum, tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startNative } from "../learner.test-support.ts";
import { fromLosses, weightedSum, type LossMoment } from "./from-losses.ts";
import { firstStep, worker } from "./linear-tasks.test-support.ts";
import { defineWeighting, type LossChange } from "./weighting.ts";

beforeAll(startNative);

const gradients = [
  [1, 2],
  [-3, 4],
];

type Learned = { readonly scale: Tensor1D };
const combining = (combine: (losses: readonly Scalar[], moment: LossMoment<Learned>) => Scalar) =>
  defineWeighting({
    id: "own",
    title: "Own",
    reference: null,
    options: z.strictObject({}),
    create: (context) => fromLosses<Learned>(context, { learned: { scale: tensor1d([2]) }, combine }),
  });

describe("an update on the losses", () => {
  it("follows the gradient of the one loss, for shared and own parameters", () => {
    const weighted = combining((losses) => weightedSum(losses, [2, 0.5]));
    expect(firstStep(weighted, { gradients })).toEqual({ shared: [0.5, 6], own: [2, 0.5], losses: [1, 1] });
  });

  it("hands on losses as numbers, step, epoch and what is learned along with the network", () => {
    const seen: unknown[] = [];
    const recording = combining((losses, { learned, ...moment }) => {
      seen.push({ ...moment, scale: [...learned.scale.dataSync()] });
      return mul<Scalar>(weightedSum(losses, [1, 1]), sum<Scalar>(learned.scale));
    });
    const work = worker(recording, { gradients, losses: [3, 4] }, { rate: 0.125 });
    work.step();
    work.step({ epoch: 5 });
    work.dispose();
    // The scale goes down by 0.125 · (3 + 4); losses by 0.125 · 2 · (⟨gᵢ, g₁ + g₂⟩ + 1), which is 10 + 1 and 30 + 1.
    expect(seen).toEqual([
      { values: [3, 4], step: 0, epoch: 0, scale: [2] },
      { values: [3 - 2.75, 4 - 7.75], step: 1, epoch: 5, scale: [2 - 0.875] },
    ]);
  });

  it("tells the weighting, after the step, what became of the losses", () => {
    const changes: LossChange[] = [];
    const looking = defineWeighting({
      id: "own",
      title: "Own",
      reference: null,
      options: z.strictObject({}),
      create: (context) =>
        fromLosses(context, {
          combine: (losses) => weightedSum(losses, [1, 1]),
          after: (change) => void changes.push(change),
        }),
    });
    firstStep(looking, { gradients, losses: [3, 4] }, { rate: 0.125 });
    expect(changes).toEqual([{ before: [3, 4], now: [3 - 0.125 * 11, 4 - 0.125 * 31] }]);
  });

  it("names the weighting where one loss is not finite though all losses are", () => {
    const broken = combining((losses) => mul(weightedSum(losses, [1, 1]), scalar(Infinity)));
    expect(() => firstStep(broken, { gradients })).toThrow(
      /^Own made one loss of Infinity out of the task losses 1, 1 at update 1\. Choose/,
    );
    const sound = combining((losses) => weightedSum(losses, [1, 1]));
    expect(firstStep(sound, { gradients, losses: [NaN, 1] }).losses).toEqual([NaN, 1]);
  });
});
