import { beforeAll, describe, expect, it } from "vitest";
import { dispose, leaked, make, resume, save, startNative } from "../learner.test-support.ts";
import { accuracy, bySeed, episodes, logits, losses, train } from "./episodes.test-support.ts";
import { context, trainingClasses } from "./patterns.test-support.ts";
import prototypicalNetworks from "./prototypical-networks.ts";

beforeAll(startNative);

const create = (options: object = {}, seed = 0) => prototypicalNetworks.instantiate(context(seed), options);

describe("prototypical networks", () => {
  it("learn an embedding whose class means tell new classes apart", () => {
    const { learner } = make(() => create({ rate: 3e-3 }));
    const untrained = accuracy(learner);
    const course = losses(learner, 40);
    expect(course.at(-1)).toBeLessThan((course[0] ?? NaN) / 3);
    const trained = accuracy(learner);
    expect(trained).toBeGreaterThan(untrained);
    // One in five is chance.
    expect(trained).toBeGreaterThan(0.8);
    dispose(learner);
  });

  it("compare by cosine similarity where a scale is given, and say so in their label", () => {
    const { learner } = make(() => create({ cosineScale: 10, rate: 3e-3 }));
    const course = losses(learner, 40);
    expect(course.at(-1)).toBeLessThan((course[0] ?? NaN) / 2);
    const [answers] = logits(learner, 0);
    for (const value of (answers ?? []).flat()) expect(Math.abs(value)).toBeLessThanOrEqual(10 + 1e-4);
    expect(accuracy(learner)).toBeGreaterThan(0.6);
    expect(prototypicalNetworks.label({ cosineScale: 10 })).toBe("Prototypical Networks, cosine");
    dispose(learner);
  });

  it("train on episodes of more ways than the test's, but of no more than there are classes", () => {
    const ways = (options: object) => {
      const { learner } = make(() => create(options));
      const [episode] = episodes(learner, 0);
      dispose(learner);
      return episode?.support.ways;
    };
    expect(ways({ trainingWays: 10 })).toBe(10);
    expect(ways({ trainingWays: 20 })).toBe(trainingClasses);
  });

  it("resume bit for bit from their parameters and state", () => {
    const [through, resumed] = resume(create, train);
    expect(resumed).toEqual(through);
  });

  it("come to the same weights and answers for the same seed, and to others for another", () => {
    const [one, same, other] = bySeed([0, 0, 1], (seed) => create({}, seed));
    expect(same).toEqual(one);
    expect(other?.logits).not.toEqual(one?.logits);
  });

  it("take no step on a test task, and change nothing of themselves for it", () => {
    const { learner } = make(create);
    const before = save(learner);
    expect(logits(learner, 0)).toHaveLength(1);
    expect(save(learner)).toEqual(before);
    dispose(learner);
  });

  it("answer a query without regard to the others, with the averages of training", () => {
    const { learner } = make(create);
    losses(learner, 2);
    const [all] = logits(learner, 0);
    const [alone] = logits(learner, 0, 11, 1);
    for (const [way, value] of (alone?.[0] ?? []).entries())
      expect(value / (all?.[11]?.[way] ?? NaN)).toBeCloseTo(1, 5);
    dispose(learner);
  });

  it("hold every variable they register, and leak nothing", () => {
    const { learner, strays } = make(create);
    expect(strays).toEqual([]);
    expect(leaked(() => train(learner, 0))).toBe(0);
    expect(leaked(() => logits(learner, 0))).toBe(0);
    dispose(learner);
  });
});
