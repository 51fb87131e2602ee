import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import algorithms from "@metabench/algorithms";
import {
  contentHash,
  describeContent,
  explainedVariance,
  type AlgorithmPlugin,
  type TaskExamples,
} from "@metabench/core";
import datasets from "@metabench/datasets";
import { startBackend } from "@metabench/harness/backend";
import { inScope, inputReader, specsOfTasks, taskBatches } from "@metabench/harness/learner";
import { beforeAll, describe, expect, it } from "vitest";

const file = join(process.env["METABENCH_DATA"] ?? "", "school", "school.mat");
const there = process.env["METABENCH_DATA"] !== undefined && existsSync(file);

/** Explained variance in percent of each control on each split, by golden/school.py, which shares no code with the suite. */
const { splits } = JSON.parse(readFileSync(new URL("school.golden.json", import.meta.url), "utf8")) as {
  readonly splits: readonly Readonly<Record<string, number>>[];
};

/** Explained variance in percent over ten random 75/25 splits, as a linear-model package of the field gives them. */
const published = {
  "task-mean": 9.7,
  "task-ridge": 32.9,
  "pooled-ridge": 33.5,
  "pooled-ridge-offset": 37.1,
} as const;

async function schoolAt(split: number): Promise<TaskExamples> {
  const plugin = datasets.find((one) => one.kind === "dataset" && one.id === "school");
  if (plugin?.kind !== "dataset") throw new Error("There is no data set School.");
  const data = (await plugin.prepare({ school: file }, { split })) as TaskExamples;
  expect(contentHash(describeContent(data))).toBe(plugin.contentHash({ split }));
  return data;
}

function explainedBy(id: string, data: TaskExamples): number {
  const plugin = algorithms.find((one) => one.kind === "algorithm" && one.id === id) as
    AlgorithmPlugin<"multi-task"> | undefined;
  if (!plugin) throw new Error(`There is no algorithm ${id}.`);
  const tasks = specsOfTasks(data);
  const trainingExamples = Object.values(data.splits.train.tasks).reduce(
    (sum, { examples }) => sum + examples.length,
    0,
  );
  return inScope(() => {
    const context = { tasks, inputShape: [28], trainingExamples, ownExamples: true };
    const learner = plugin.instantiate(context as never, {});
    const training = inputReader(data.splits.train.inputs, data.input);
    learner.train(taskBatches(data, training, learner.batchSize, "school").draw());
    const test = inputReader(data.splits.test.inputs, data.input);
    let [error, deviation] = [0, 0];
    for (const task of tasks) {
      const own = data.splits.test.tasks[task.id];
      if (!own || task.target !== "values") throw new Error(`Task ${task.id} has no numbers to test.`);
      const predicted = learner.predict(task.id, test.at(own.examples)).dataSync();
      for (const [at, truth] of own.targets.entries()) {
        error += ((predicted[at] ?? NaN) - truth) ** 2;
        deviation += (truth - (task.mean[0] ?? NaN)) ** 2;
      }
    }
    return 100 * explainedVariance(error, deviation);
  });
}

describe.skipIf(!there)("School", () => {
  beforeAll(async () => {
    await startBackend({ threads: 1 });
  });

  it("gives each control the explained variance of an independent implementation, split by split, and lands on the published means", async () => {
    const means: Record<string, number> = {};
    for (const [split, expected] of splits.entries()) {
      const data = await schoolAt(split);
      for (const [id, value] of Object.entries(expected)) {
        const ours = explainedBy(id, data);
        expect(ours, `${id} on split ${String(split)}`).toBeCloseTo(value, 2);
        means[id] = (means[id] ?? 0) + ours / splits.length;
      }
    }
    for (const [id, value] of Object.entries(published))
      expect(Math.abs((means[id] ?? NaN) - value), `${id}: ${String(means[id])}`).toBeLessThan(0.5);
  });

  it("tests every pupil once in four splits", async () => {
    const tested = await Promise.all([0, 1, 2, 3].map(schoolAt));
    const pupils = tested.reduce((sum, { splits: { test } }) => sum + test.inputs.length / 28, 0);
    expect(pupils).toBe(15_362);
  });
});
