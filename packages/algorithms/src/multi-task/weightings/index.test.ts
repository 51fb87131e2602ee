import { randomStream } from "@metabench/core";
import { beforeAll, describe, expect, it } from "vitest";
import { startNative } from "../../learner.test-support.ts";
import { firstStep, worker, type LinearTasks, type Work } from "../linear-tasks.test-support.ts";
import { weightings, type WeightingId } from "./index.ts";

beforeAll(startNative);

/** Gradients of the worked example in TorchJD's documentation, and of three and five tasks that conflict. */
const tasks: Readonly<Record<string, LinearTasks>> = {
  "two tasks": {
    gradients: [
      [-4, 1, 1],
      [6, 1, 1],
    ],
    losses: [2, 0.5],
  },
  "three tasks": {
    gradients: [
      [1, 2, 0.5],
      [-1, 1, 2],
      [0.5, -3, 1],
    ],
    losses: [1, 2, 0.25],
  },
  "five tasks": {
    gradients: [
      [1, 0, 0, 2],
      [-1, 0.5, 0, 1],
      [0, -2, 1, 0.5],
      [1, 1, -3, 0],
      [0.5, 0, 1, -1],
    ],
    losses: [1, 2, 0.5, 3, 0.25],
  },
  "tasks without a gradient": {
    gradients: [
      [0, 0],
      [0, 0],
      [1, 0],
    ],
  },
  "opposite tasks": {
    gradients: [
      [1, 2],
      [-1, -2],
    ],
  },
};

interface Claims {
  /** The sum of the weights at the start, where losses are equal and gradients orthogonal and of one length, per task. */
  readonly scale: number;
  /** The first update of the worked example, from golden/cagrad.py or by the arithmetic beside it. */
  readonly example: readonly number[];
  /** The number of tasks up to which the order of the tasks does not matter. */
  readonly anyOrderUpTo: number;
  /** Options for so many tasks, where there are no defaults. */
  readonly options?: (count: number) => object;
}

const claims: Readonly<Record<WeightingId, Claims>> = {
  // g₁ + g₂.
  equal: { scale: 1, example: [2, 2, 2], anyOrderUpTo: Infinity },
  // (g₁ + g₂) / 2.
  uncertainty: { scale: 0.5, example: [1, 1, 1], anyOrderUpTo: Infinity },
  // (1 + 22/18) g₁ + (1 + 22/38) g₂. With more tasks, each meets the others in a random order.
  pcgrad: { scale: 1, example: [0.584795, 3.80117, 3.80117], anyOrderUpTo: 2 },
  // g₁ + g₂ with weights of 1.
  static: {
    scale: 1,
    example: [2, 2, 2],
    anyOrderUpTo: Infinity,
    options: (count) => ({
      weights: Object.fromEntries(Array.from({ length: count }, (_, task) => [`task${String(task)}`, 1])),
    }),
  },
  // g₁ + g₂: weights are 1 in the first two epochs.
  "dynamic-weight-average": { scale: 1, example: [2, 2, 2], anyOrderUpTo: Infinity },
  // Losses of 2 and ½ have weights of 2 · ⅕ and 2 · ⅘.
  famo: { scale: 1, example: [8, 2, 2], anyOrderUpTo: Infinity },
  cagrad: { scale: 1, example: [0.244671, 1.605499, 1.605499], anyOrderUpTo: Infinity },
};

const seven = Array.from({ length: 7 }, (_, step) => Math.floor(step / 2));

/** Seven steps in four epochs. */
function course(id: WeightingId, given: LinearTasks, work: Work = {}) {
  const count = given.gradients.length;
  const at = worker(weightings[id], given, {
    options: claims[id].options?.(count) ?? {},
    random: randomStream("course"),
    rate: 0.001,
    ...work,
  });
  const steps = seven.map((epoch) => at.step({ epoch }));
  const state = at.state();
  at.dispose();
  return { steps, state };
}

const everyTask = Object.entries(tasks);

describe.each(Object.keys(weightings) as WeightingId[])("the weighting %s", (id) => {
  it("is listed under its own id, with a title and described options", () => {
    expect(weightings[id].id).toBe(id);
    expect(weightings[id].title).not.toBe("");
  });

  it("gives the update of the worked example", () => {
    const options = claims[id].options?.(2) ?? {};
    const { shared } = firstStep(weightings[id], tasks["two tasks"] ?? { gradients: [] }, { options });
    for (const [at, x] of claims[id].example.entries()) expect(shared[at]).toBeCloseTo(x, 4);
  });

  it("gives each task the same weight where losses are equal and gradients orthogonal and of one length", () => {
    const gradients = [0, 1, 2].map((task) => [0, 1, 2].map((at) => (at === task ? 0.5 : 0)));
    const options = claims[id].options?.(3) ?? {};
    for (const x of firstStep(weightings[id], { gradients }, { options }).shared)
      expect(x).toBeCloseTo(0.5 * claims[id].scale, 5);
  });

  it.each(everyTask)("is finite and deterministic: %s", (_, given) => {
    const first = course(id, given);
    const numbers = first.steps.flatMap(({ shared, own, losses }) => [...shared, ...own, ...losses]);
    expect([...numbers, ...Object.values(first.state).flat()].filter((x) => !Number.isFinite(x))).toEqual([]);
    expect(course(id, given)).toEqual(first);
  });

  it.each(everyTask.filter(([, { gradients }]) => gradients.length <= claims[id].anyOrderUpTo))(
    "does not depend on the order of the tasks: %s",
    (_, given) => {
      const turned = {
        gradients: [...given.gradients].reverse(),
        ...(given.losses && { losses: [...given.losses].reverse() }),
      };
      const [ours, theirs] = [course(id, given).steps, course(id, turned).steps];
      for (const [step, { shared, own }] of ours.entries()) {
        for (const [at, x] of shared.entries()) expect(theirs[step]?.shared[at]).toBeCloseTo(x, 3);
        const back = [...(theirs[step]?.own ?? [])].reverse();
        for (const [task, x] of own.entries()) expect(back[task]).toBeCloseTo(x, 3);
      }
    },
  );
});
