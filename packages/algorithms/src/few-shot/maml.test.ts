import { beforeAll, describe, expect, it } from "vitest";
import { dispose, draw, inScope, leaked, make, resume, save, startNative } from "../learner.test-support.ts";
import { accuracy, accuracyOf, bySeed, logits, losses, train } from "./episodes.test-support.ts";
import maml from "./maml.ts";
import { adapted, context, testTask } from "./patterns.test-support.ts";

beforeAll(startNative);

const create = (options: object = {}, seed = 0) =>
  maml.instantiate(context(seed), { innerRate: 0.1, metaBatch: 2, testSteps: 3, ...options });
const mean = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;

describe.each([1, 2])("MAML of order %i", (order) => {
  it("learns weights from which a few steps solve classes that it never saw", () => {
    const { learner } = make(() => create({ order, metaRate: 5e-3 }));
    const untrained = accuracy(learner, 6);
    const course = losses(learner, 30);
    expect(mean(course.slice(-5))).toBeLessThan(0.75 * mean(course.slice(0, 5)));
    const trained = accuracy(learner, 6);
    expect(trained).toBeGreaterThan(untrained);
    // One in five is chance.
    expect(trained).toBeGreaterThan(0.85);
    dispose(learner);
  });

  it("resumes bit for bit from its parameters and state", () => {
    const [through, resumed] = resume(() => create({ order }), train);
    expect(resumed).toEqual(through);
  });

  it("leaks nothing, neither in training nor in adapting", () => {
    const { learner } = make(() => create({ order }));
    expect(leaked(() => train(learner, 0))).toBe(0);
    expect(leaked(() => logits(learner, 0))).toBe(0);
    dispose(learner);
  });
});

describe("MAML", () => {
  it("comes to the same weights and answers for the same seed, and to others for another", () => {
    const [one, same, other] = bySeed([0, 0, 1], (seed) => create({}, seed));
    expect(same).toEqual(one);
    expect(other?.logits).not.toEqual(one?.logits);
  });

  it("has one loss in either order, but another update: order 2 differentiates through the inner step", () => {
    const [first, second] = [1, 2].map((order) => {
      const { learner } = make(() => create({ order }));
      const before = save(learner);
      const outcome = { before, loss: losses(learner, 1)[0] ?? NaN, after: save(learner) };
      dispose(learner);
      return outcome;
    });
    expect(second?.before).toEqual(first?.before);
    expect(second?.loss).toBeCloseTo(first?.loss ?? NaN, 4);
    // Adam's first step has the size of its rate, whatever the gradient's: where the two orders differ in sign, by twice that.
    const kernel = (outcome: typeof first) => outcome?.after["head.kernel"] ?? [];
    const apart = kernel(first).map((value, index) => Math.abs(value - (kernel(second)[index] ?? NaN)));
    expect(Math.max(...apart)).toBeGreaterThan(0.002);
  });

  it("fits the support set in adapting", () => {
    const { learner } = make(() => create({ testSteps: 20 }));
    const reached = inScope(() => {
      const { support } = testTask(0);
      return draw(adapted(learner, support), learner.adaptationSteps, (predict) =>
        accuracyOf(predict(support.inputs).arraySync(), support),
      );
    });
    expect(reached[0]).toBeLessThan(1);
    expect(reached.at(-1)).toBe(1);
    dispose(learner);
  });
});
