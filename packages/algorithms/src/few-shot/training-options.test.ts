import type { AlgorithmPlugin, Episode, FewShotLearner, LabelledSet, TrainingOptions } from "@metabench/core";
import { reverse } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { dispose, inScope, make, resume, save, startNative } from "../learner.test-support.ts";
import baseline from "./baseline.ts";
import { episodes } from "./episodes.test-support.ts";
import maml from "./maml.ts";
import matchingNetworks from "./matching-networks.ts";
import { context, patterns } from "./patterns.test-support.ts";
import prototypicalNetworks from "./prototypical-networks.ts";
import r2d2 from "./r2d2.ts";
import relationNetworks from "./relation-networks.ts";
import reptile from "./reptile.ts";
import umtl from "./umtl.ts";

beforeAll(startNative);

const small = { trainingWays: 4, trainingQueries: 2 };
const few = { metaBatch: 2, trainingQueries: 2 };
const methods: readonly (readonly [AlgorithmPlugin<"few-shot-classification">, object])[] = [
  [prototypicalNetworks, small],
  [matchingNetworks, small],
  [relationNetworks, small],
  [r2d2, small],
  [baseline, { batchSize: 8 }],
  [maml, few],
  [umtl, few],
  [reptile, { metaBatch: 2, trainingShots: 3, innerSteps: 2 }],
];
const mixing = methods.filter(([{ id }]) => id !== "reptile");

/** A set mixed with itself in reverse. */
const mixed = <S extends LabelledSet>(set: S, share: number): S => ({
  ...set,
  mixed: { labels: reverse(set.labels), share },
});

function train(learner: FewShotLearner, step: number, share?: number): number | undefined {
  const mix = <S extends LabelledSet>(set: S) => (share === undefined ? set : mixed(set, share));
  if (learner.trainsOn === "nothing") throw new Error("does not train");
  const losses =
    learner.trainsOn === "labelled-images"
      ? learner.train(mix(patterns([0, 1, 2, 3], 2, `batch/${String(step)}`)))
      : learner.train(
          episodes(learner, step).map(({ support, query }): Episode => ({ support, query: mix(query) })),
        );
  return losses["loss"]?.dataSync()[0];
}

describe.each(methods)("$id", (plugin, options) => {
  // Two updates or less are the whole budget, so that schedules differ.
  const budget = { examples: 24, images: 24 };
  const create = (training: TrainingOptions) =>
    plugin.instantiate({ ...context(), budget, training }, options);
  const trained = (training: TrainingOptions) => {
    const { learner } = make(() => create(training));
    for (let step = 0; step < 2; step += 1) inScope(() => train(learner, step));
    const { parameters } = learner;
    const values = Object.entries(save(learner)).filter(([name]) => name in parameters);
    dispose(learner);
    return Object.fromEntries(values);
  };

  it("hands the options to its optimiser, and goes on bit for bit from a checkpoint with all", () => {
    const plain = trained({});
    expect(trained({ accumulate: 3 })).not.toEqual(plain);
    expect(trained({ schedule: "step" })).not.toEqual(plain);
    const all = { clipNorm: 1, accumulate: 2, schedule: "cosine", l1: 0.01 } as const;
    const [through, resumed] = resume(
      () => create(all),
      (learner, step) => train(learner, step),
    );
    expect(resumed).toEqual(through);
  });
});

describe.each(mixing)("$id, with mixup", (plugin, options) => {
  it("takes the plain loss at λ = 1, and at λ = 0.5 the mean of both", () => {
    const lossAt = (share?: number) => {
      const { learner } = make(() => plugin.instantiate(context(), options));
      const loss = inScope(() => train(learner, 0, share));
      dispose(learner);
      return loss ?? NaN;
    };
    const [plain, one, half, zero] = [lossAt(), lossAt(1), lossAt(0.5), lossAt(0)];
    expect(one).toBe(plain);
    expect(zero).not.toBeCloseTo(plain, 3);
    expect(half).toBeCloseTo((plain + zero) / 2, 4);
  });
});
