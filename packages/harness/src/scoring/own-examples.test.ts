import type { TaskExamples } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { ownExamplesScorer } from "./own-examples.ts";
import { taskExamplesTest } from "./task-examples-test.ts";

const protocol = {
  kind: "multi-task",
  id: "multi-task/tiny",
  version: 1,
  title: "Tiny",
  summary: "Two tasks with examples of their own.",
  tier: "quick",
  division: "open",
  dataset: { id: "tiny", options: {} },
  backbone: { id: "multilayer-perceptron", options: {} },
  budget: { images: 10, validateEvery: 10 },
  seeds: 1,
} as const;
const own = (examples: number[], targets: number[]) => ({
  examples: Uint32Array.from(examples),
  targets: Float32Array.from(targets),
});
const split = (a: ReturnType<typeof own>, b: ReturnType<typeof own>) => ({
  inputs: Float32Array.of(0, 1, 2, 3),
  tasks: { a, b },
});
const data: TaskExamples = {
  kind: "task-examples",
  input: { kind: "vector", features: 1, normalisation: { mean: [0], deviation: [1] } },
  tasks: [
    { id: "a", target: "values", values: 1 },
    { id: "b", target: "values", values: 1 },
  ],
  splits: {
    // The training mean over both tasks is 4.
    train: split(own([0, 1], [2, 4]), own([2, 3], [4, 6])),
    validation: split(own([0], [1]), own([1], [1])),
    test: split(own([0, 1], [6, 2]), own([3, 2], [8, 4])),
  },
};

function answered(predict: (task: string, input: number) => number) {
  const { message, tasks } = taskExamplesTest(protocol, data, data);
  if (message.kind !== "task-examples") throw new Error("It is of another kind.");
  const scorer = ownExamplesScorer(tasks, () => ({ "explained variance": 0.3 }));
  for (const { task, positions } of message.questions)
    scorer.add({
      type: "answers",
      kind: "task-examples",
      from: 0,
      task,
      outputs: Float32Array.from(positions, (at) => predict(task, message.inputs[at] ?? NaN)),
    });
  return scorer.finish({ transductive: false });
}

describe("tasks with examples of their own are scored", () => {
  it("example by example in the order of the data set, relative to the training mean", () => {
    // Predictions are right but for task a's input 0 (6, predicted 5) and task b's input 3 (8, predicted 6).
    const right: Record<string, number> = { a0: 5, a1: 2, b3: 6, b2: 4 };
    const { result, metrics } = answered((task, input) => right[`${task}${String(input)}`] ?? NaN);
    expect(result).toEqual({
      kind: "multi-task-own-examples",
      tasks: [
        {
          target: "values",
          id: "a",
          examples: 2,
          squaredError: [1, 0],
          absoluteError: [1, 0],
          squaredDeviation: [4, 4],
        },
        {
          target: "values",
          id: "b",
          examples: 2,
          squaredError: [4, 0],
          absoluteError: [2, 0],
          squaredDeviation: [16, 0],
        },
      ],
      validation: { "explained variance": 0.3 },
    });
    // By hand: 1 − 5 / 24, over all four; √(5/4); 3/4.
    const whole = metrics.filter(({ task }) => task === null);
    expect(whole.map(({ name, value }) => [name, value])).toEqual([
      ["explained variance", expect.closeTo(1 - 5 / 24, 9)],
      ["mean squared error", 1.25],
      ["root mean squared error", Math.sqrt(1.25)],
      ["mean absolute error", 0.75],
    ]);
  });

  it("never with numbers that are not finite", () => {
    expect(() => answered(() => NaN)).toThrow(/not finite/);
  });

  it("never says by the order of inputs which task they belong to", () => {
    const { message } = taskExamplesTest(protocol, data, data);
    if (message.kind !== "task-examples") throw new Error("It is of another kind.");
    for (const { positions } of message.questions) expect([...positions]).toEqual([...positions].sort());
    expect([...message.inputs].sort()).toEqual([0, 1, 2, 3]);
  });
});
