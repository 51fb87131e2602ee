import type { FewShotLearner } from "@metabench/core";
import { beforeAll, describe, expect, it } from "vitest";
import { dispose, inScope, leaked, make, resume, save, startNative } from "../learner.test-support.ts";
import baselinePlusPlus from "./baseline-plus-plus.ts";
import { accuracy, logits, train as trainEpisodes } from "./episodes.test-support.ts";
import matchingNetworks from "./matching-networks.ts";
import { context, patterns, trainingClasses } from "./patterns.test-support.ts";
import r2d2 from "./r2d2.ts";
import relationNetworks from "./relation-networks.ts";
import simpleShot from "./simple-shot.ts";
import umtl from "./umtl.ts";

beforeAll(startNative, 60_000);

const batch = (step: number) =>
  patterns(
    Array.from({ length: trainingClasses }, (_, label) => label),
    3,
    `training/${String(step)}`,
  );

/** One update by whatever a learner trains on. */
const train = (learner: FewShotLearner, step: number) =>
  learner.trainsOn === "labelled-images" ? learner.train(batch(step)) : trainEpisodes(learner, step);

/** Learners with options that suit forty small updates, and the accuracy on new classes that they must exceed. */
const learners = [
  { name: "matching networks", plugin: matchingNetworks, options: { rate: 3e-3 }, above: 0.8 },
  {
    name: "matching networks, full context",
    plugin: matchingNetworks,
    options: { rate: 3e-3, fullContext: true, readingSteps: 2, trainingWays: 5 },
    above: 0.7,
  },
  { name: "R2D2", plugin: r2d2, options: { trainingQueries: 2 }, above: 0.8 },
  {
    name: "relation networks",
    plugin: relationNetworks,
    options: { rate: 3e-3, trainingWays: 5 },
    above: 0.5,
  },
  { name: "Baseline++", plugin: baselinePlusPlus, options: { rate: 3e-3, headSteps: 20 }, above: 0.7 },
  {
    name: "UMTL",
    plugin: umtl,
    options: { metaRate: 5e-3, metaBatch: 2, testSteps: 2, order: 1 },
    above: 0.5,
  },
  { name: "SimpleShot", plugin: simpleShot, options: { rate: 3e-3 }, above: 0.7 },
  {
    name: "SimpleShot, SGD",
    plugin: simpleShot,
    options: { rate: 0.1, batchSize: 36, sgd: { momentum: 0.9, weightDecay: 1e-4, drops: [0.5, 0.733] } },
    above: 0.7,
  },
] as const;

describe.each(learners)("$name", ({ plugin, options, above }) => {
  const create = () => plugin.instantiate(context(), options);

  it("learns to tell new classes apart, better than untrained", () => {
    const { learner } = make(create);
    const untrained = accuracy(learner, 6);
    const course = Array.from({ length: 40 }, (_, step) =>
      inScope(() => train(learner, step)["loss"]?.dataSync()[0] ?? NaN),
    );
    expect(Math.min(...course.slice(-5))).toBeLessThan((course[0] ?? NaN) / 2);
    const trained = accuracy(learner, 6);
    expect(trained).toBeGreaterThan(untrained);
    expect(trained).toBeGreaterThan(above);
    dispose(learner);
  }, 300_000);

  it("resumes bit for bit from its parameters and state", () => {
    const [through, resumed] = resume(create, train);
    expect(resumed).toEqual(through);
  });

  it("answers a query without regard to the others, and changes nothing of itself for it", () => {
    const { learner } = make(create);
    inScope(() => train(learner, 0));
    const before = save(learner);
    const all = logits(learner, 0).at(-1);
    const [alone] = logits(learner, 0, 11, 1).at(-1) ?? [];
    for (const [way, value] of (alone ?? []).entries()) expect(value).toBeCloseTo(all?.[11]?.[way] ?? NaN, 3);
    expect(save(learner)).toEqual(before);
    dispose(learner);
  });

  it("holds every variable it registers, and leaks nothing", () => {
    const { learner, strays } = make(create);
    expect(strays).toEqual([]);
    expect(leaked(() => train(learner, 0))).toBe(0);
    expect(leaked(() => logits(learner, 0))).toBe(0);
    dispose(learner);
  });
});

describe("SimpleShot", () => {
  it("centres by the mean of the features it has seen, from the first batches on", () => {
    /** The centre after these batches, of an encoder that hardly learns. */
    const centre = (steps: readonly number[]) => {
      const { learner } = make(() => simpleShot.instantiate(context(), { rate: 1e-9 }));
      for (const step of steps) inScope(() => train(learner, step));
      const found = save(learner)["statistics.embedding.mean"] ?? [];
      dispose(learner);
      return found;
    };
    const [one, other, both] = [centre([0]), centre([1]), centre([0, 1])];
    expect(Math.hypot(...one)).toBeGreaterThan(0.1);
    expect(one).not.toEqual(other);
    for (const [at, value] of both.entries())
      expect(value).toBeCloseTo(((one[at] ?? NaN) + (other[at] ?? NaN)) / 2, 4);
  });
});
