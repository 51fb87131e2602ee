import type { AlgorithmPlugin } from "@metabench/core";
import { beforeAll, describe, expect, it } from "vitest";
import { after, dispose, inScope, leaked, make, resume, save, startNative } from "../learner.test-support.ts";
import anil from "./anil.ts";
import boil from "./boil.ts";
import { accuracy, logits, losses, train } from "./episodes.test-support.ts";
import maml from "./maml.ts";
import mamlPlusPlus from "./maml-plus-plus.ts";
import metaSgd from "./meta-sgd.ts";
import { adapted, context, patterns } from "./patterns.test-support.ts";
import protoMaml from "./proto-maml.ts";
import reptile from "./reptile.ts";

beforeAll(startNative);

interface Case {
  readonly id: string;
  readonly plugin: AlgorithmPlugin<"few-shot-classification">;
  /** For the patterns, which ask for other rates than images. */
  readonly options: object;
  /** Updates after which it has learned. */
  readonly updates: number;
}
const few = { metaBatch: 2, metaRate: 5e-3, testSteps: 2 };
const cases: readonly Case[] = [
  { id: "maml", plugin: maml, options: { ...few, innerRate: 0.1 }, updates: 30 },
  { id: "anil", plugin: anil, options: { ...few, innerRate: 1, innerSteps: 2 }, updates: 40 },
  { id: "boil", plugin: boil, options: { ...few, innerRate: 0.3 }, updates: 40 },
  { id: "meta-sgd", plugin: metaSgd, options: { ...few, initialRate: 0.1 }, updates: 30 },
  {
    id: "maml-plus-plus",
    plugin: mamlPlusPlus,
    options: { ...few, innerSteps: 2, firstOrderShare: 0.002, multiStepShare: 0.01 },
    updates: 30,
  },
  { id: "proto-maml", plugin: protoMaml, options: { ...few, innerRate: 0.05 }, updates: 20 },
  {
    id: "reptile",
    plugin: reptile,
    options: { metaBatch: 2, innerRate: 0.01, innerSteps: 6, testSteps: 8 },
    updates: 30,
  },
];

const mean = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;

describe.each(cases)("$id with $options", ({ plugin, options, updates }) => {
  const create = (seed = 0) => plugin.instantiate(context(seed), options);

  it("learns weights from which a few steps solve classes that it never saw", () => {
    const { learner } = make(create);
    const untrained = accuracy(learner, 6);
    const course = losses(learner, updates);
    const trained = accuracy(learner, 6);
    dispose(learner);
    expect(mean(course.slice(-5))).toBeLessThan(0.75 * mean(course.slice(0, 5)));
    expect(trained).toBeGreaterThan(untrained);
    // One in five is chance.
    expect(trained).toBeGreaterThan(0.7);
  });

  it("resumes bit for bit from its parameters and state", () => {
    const [through, resumed] = resume(create, train);
    expect(resumed).toEqual(through);
  });

  it("holds every variable it registers and leaks nothing, neither in training nor in adapting", () => {
    const { learner, strays } = make(create);
    expect(strays).toEqual([]);
    expect(leaked(() => train(learner, 0))).toBe(0);
    expect(leaked(() => logits(learner, 0))).toBe(0);
    dispose(learner);
  });

  it("adapts a copy: its own weights stay, the copy answers otherwise after every step, the same again", () => {
    const { learner } = make(create);
    const before = save(learner);
    const steps = logits(learner, 0);
    expect(save(learner)).toEqual(before);
    expect(steps).toHaveLength(learner.adaptationSteps + 1);
    expect(new Set(steps.map((step) => JSON.stringify(step))).size).toBe(steps.length);
    logits(learner, 1);
    expect(logits(learner, 0)).toEqual(steps);
    dispose(learner);
  });

  it("answers a query without regard to the others", () => {
    const { learner } = make(create);
    const all = logits(learner, 0);
    for (const [step, alone] of logits(learner, 0, 11, 1).entries())
      for (const [way, value] of (alone[0] ?? []).entries())
        expect(value).toBeCloseTo(all[step]?.[11]?.[way] ?? NaN, 3);
    dispose(learner);
  });

  it("adapts to a task of fewer ways than the test's, and to one of more shots", () => {
    const { learner } = make(create);
    inScope(() => {
      const classes = [2001, 2002, 2003];
      const support = { ...patterns(classes, 2, "fewer/support"), ways: 3, shots: 2 };
      const query = patterns(classes, 2, "fewer/query");
      // Beyond the steps it was trained for, too: curves go on.
      const shape = after(adapted(learner, support), 4, (predict) => predict(query.inputs).shape);
      expect(shape).toEqual([6, 3]);
    });
    dispose(learner);
  });
});
