import type { AlgorithmPlugin, FewShotLearner } from "@metabench/core";
import { argMax, equal, fill, mean, slice } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  after,
  dispose,
  draw,
  inScope,
  leaked,
  make,
  restore,
  resume,
  save,
  startNative,
} from "../learner.test-support.ts";
import baseline from "./baseline.ts";
import chance from "./chance.ts";
import fromScratch from "./from-scratch.ts";
import { adapted, context, patterns, testTask, trainingClasses } from "./patterns.test-support.ts";
import pixelCentroids from "./pixel-centroids.ts";
import randomFeatures from "./random-features.ts";

beforeAll(startNative);

/** Logits after a learner's own number of steps on a test task. */
const logits = (learner: FewShotLearner, number: number, from = 0, count = -1) =>
  inScope(() => {
    const { support, query } = testTask(number);
    const images = slice(query.inputs, [from, 0, 0, 0], [count, -1, -1, -1]);
    return after(adapted(learner, support), learner.adaptationSteps, (predict) =>
      predict(images).arraySync(),
    );
  });

/** Mean accuracy over test tasks after a learner's own number of steps. */
const accuracy = (learner: FewShotLearner, tasks = 12) => {
  let sum = 0;
  for (let number = 0; number < tasks; number += 1)
    sum += inScope(() => {
      const { labels } = testTask(number).query;
      return mean(equal(argMax(logits(learner, number), 1), labels)).dataSync()[0] ?? NaN;
    });
  return sum / tasks;
};

const batch = (step: number) =>
  patterns(
    Array.from({ length: trainingClasses }, (_, label) => label),
    3,
    `training/${String(step)}`,
  );
const train = (learner: FewShotLearner, step: number) => {
  if (learner.trainsOn !== "labelled-images") throw new Error("not trained on labelled images");
  return learner.train(batch(step));
};

type Plugin = AlgorithmPlugin<"few-shot-classification">;
const quick: readonly (readonly [Plugin, object])[] = [
  [chance, {}],
  [pixelCentroids, {}],
  [randomFeatures, {}],
  [fromScratch, { steps: 8 }],
  [baseline, { headSteps: 20 }],
];

describe.each(quick.map(([plugin, options]) => ({ id: plugin.id, plugin, options })))(
  "$id",
  ({ plugin, options }) => {
    const create = () => make(() => plugin.instantiate(context(), options));

    it("holds every variable it registers", () => {
      const { learner, strays } = create();
      expect(strays).toEqual([]);
      dispose(learner);
    });

    it("gives the same logits again for the same seed, whatever was asked before", () => {
      const [first, second] = [create().learner, create().learner];
      logits(second, 1);
      expect(logits(second, 0)).toEqual(logits(first, 0));
      for (const learner of [first, second]) dispose(learner);
    });

    it("answers a query without regard to the others", () => {
      const { learner } = create();
      const all = logits(learner, 0);
      const some = logits(learner, 0, 7, 3);
      for (const [row, values] of some.entries())
        for (const [way, value] of values.entries()) expect(value).toBeCloseTo(all[row + 7]?.[way] ?? NaN, 3);
      dispose(learner);
    });

    it("leaks nothing", () => {
      const { learner } = create();
      expect(leaked(() => logits(learner, 0))).toBe(0);
      dispose(learner);
    });
  },
);

describe("controls", () => {
  const of = (plugin: Plugin, options = {}) => {
    const { learner } = make(() => plugin.instantiate(context(), options));
    const reached = accuracy(learner);
    dispose(learner);
    return reached;
  };

  it("are named so, and the baseline is a method", () => {
    expect(quick.map(([{ role }]) => role)).toEqual(["control", "control", "control", "control", "method"]);
  });

  it("guess, for chance: one in five", () => {
    // 300 guesses: four standard errors of 2.3 points.
    expect(Math.abs(of(chance) - 0.2)).toBeLessThan(0.092);
  });

  it("do better than chance, where they see the support set", () => {
    expect(of(pixelCentroids)).toBeGreaterThan(0.4);
    expect(of(randomFeatures)).toBeGreaterThan(0.4);
    expect(of(fromScratch, { steps: 8 })).toBeGreaterThan(0.4);
  });

  it("learn the support set, from scratch", () => {
    const { learner } = make(() => fromScratch.instantiate(context(), { steps: 8 }));
    const curve = inScope(() => {
      const { support } = testTask(0);
      return draw(
        adapted(learner, support),
        learner.adaptationSteps,
        (predict) => mean(equal(argMax(predict(support.inputs), 1), support.labels)).dataSync()[0],
      );
    });
    expect(curve.at(-1)).toBe(1);
    expect(curve).toHaveLength(learner.adaptationSteps + 1);
    dispose(learner);
  });
});

describe("baseline", () => {
  const options = { rate: 3e-3, headSteps: 20 };
  const create = () => baseline.instantiate(context(), options);

  it("learns features that tell new classes apart better than random ones", () => {
    const { learner } = make(create);
    const untrained = accuracy(learner);
    const losses = Array.from({ length: 80 }, (_, step) =>
      inScope(() => train(learner, step)["loss"]?.dataSync()[0] ?? NaN),
    );
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? NaN) / 3);
    const trained = accuracy(learner);
    expect(trained).toBeGreaterThan(untrained);
    expect(trained).toBeGreaterThan(0.7);
    dispose(learner);
  });

  it("resumes bit for bit from its parameters and state", () => {
    const [through, resumed] = resume(create, train);
    expect(resumed).toEqual(through);
  });

  it("leaks nothing in training", () => {
    const { learner } = make(create);
    expect(leaked(() => train(learner, 0))).toBe(0);
    dispose(learner);
  });

  it("keeps running averages: a tenth of the way to each batch's statistics", () => {
    const { learner } = make(create);
    const values = () => Object.entries(learner.state).filter(([name]) => name.startsWith("statistics."));
    expect(values().length).toBe(8);
    const numbers = () => values().map(([, v]) => [...v.dataSync()]);
    // Training normalises by the batch, so what the averages are told does not depend on what they were.
    const seen = (which: number) => {
      for (const [, v] of values()) inScope(() => v.assign(fill(v.shape, which)));
      inScope(() => train(learner, 0));
      return numbers();
    };
    const saved = save(learner);
    const fromZero = seen(0);
    restore(learner, saved);
    const fromOne = seen(1);
    for (const [tensor, ones] of fromOne.entries())
      for (const [at, value] of ones.entries())
        expect(value - (fromZero[tensor]?.[at] ?? NaN)).toBeCloseTo(0.9, 4);
    dispose(learner);
  });
});
