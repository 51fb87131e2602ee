import { join } from "node:path";
import { reproducible } from "@metabench/core";
import { describe, expect, it } from "vitest";
import { metabench, recordOf, start, workingFolder } from "./command-line.test-support.ts";
import { childrenOf, killAtOnce, untilWork } from "./processes.test-support.ts";
import { plugins, regressor } from "./regression-plugin.test-support.ts";

const images =
  "run --protocol few-shot/double-mnist-28/5w1s --algorithm prototypical-networks --budget 600 --episodes 2 --store kept " +
  "--training clip-norm=1 --training accumulate=2 --training schedule=cosine --training l1=0.0001 " +
  "--training mixup=0.3 --training augmentation=scale,flip --training early-stopping=1";

describe("a run with several training options", () => {
  it("keeps them in its record, in the open division, under a command that means the same trial", async () => {
    const folder = workingFolder();
    const { code, note } = await metabench(folder, images);
    expect(code, note).toBe(0);
    const record = recordOf(join(folder, "kept"), "prototypical-networks");
    expect(record).toMatchObject({
      status: "completed",
      budgetUsed: 1,
      spec: {
        protocol: { division: "open" },
        training: {
          clipNorm: 1,
          accumulate: 2,
          schedule: "cosine",
          l1: 0.0001,
          mixup: 0.3,
          augmentation: ["flip", "scale"],
          earlyStopping: 1,
        },
      },
      display: {
        algorithm: { label: expect.stringMatching(/^Prototypical Networks, clipped at 1, .*mixup 0\.3/) },
      },
    });
    // Backbone and moments of Adam as ever, and as many sums of gradients.
    if (record.status !== "completed") throw new Error("It did not complete.");
    expect(record.scalars.state).toBeGreaterThan(3 * record.scalars.parameters);
    const reference = recordOf(join(folder, "kept"), "from-scratch");
    expect(reference.spec).not.toHaveProperty("training");
    expect(reference).not.toHaveProperty("budgetUsed");

    const command = record.provenance.command.replace(/^metabench /, "");
    const again = await metabench(folder, `${command} --store kept --dry-run`);
    expect(again.out).toMatch(/2 trials, 2 done/);
  });

  it("is refused, in its record, where the method heeds an option in no way", async () => {
    const folder = workingFolder({ "mine.ts": plugins(regressor("mine")) });
    const { code, note } = await metabench(
      folder,
      "run --protocol few-shot/sinusoid/5-shot --plugin ./mine.ts --algorithm mine --budget 10000 --episodes 2 --store kept --training clip-norm=1",
    );
    expect(code, note).toBe(1);
    expect(recordOf(join(folder, "kept"), "mine")).toMatchObject({
      status: "failed",
      error: { code: "invalid-options", message: expect.stringMatching(/clipNorm.*Leave --training out/) },
    });
  });

  it.each([
    [
      "training mixup=1 --protocol few-shot/sinusoid/5-shot",
      /not on images that could be mixed or augmented/,
    ],
    ["training clip-norm=0 --protocol few-shot/sinusoid/5-shot", /clipNorm/],
    ["training clip-norm=1 --protocol few-shot/sinusoid/5-shot --algorithm oracle", /only controls/],
  ])("is refused before it starts, with what to do: --%s", async (flags, says) => {
    const { code, note } = await metabench(workingFolder(), `run --${flags}`);
    expect(code).toBe(2);
    expect(note).toMatch(says);
  });
});

// The regressor of the other tests, by an optimiser of the suite; 10 ms an update, to be interrupted on any machine.
const trained = `
import { defineAlgorithm } from "@metabench/core";
import { adam, named, variables } from "@metabench/algorithms/nn";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";

export default defineAlgorithm({
  id: "trained",
  version: "1.0.0",
  title: "The mean",
  summary: "Learns one number for all targets.",
  reference: null,
  regime: "few-shot",
  target: "values",
  options: z.strictObject({}),
  create({ task, random, budget, training }) {
    const weights = variables({ level: tf.scalar(random.fork("level").uniform()) });
    if (budget.examples !== budget.images) throw new Error("The former name of the budget means another number.");
    const optimiser = adam(weights, { rate: 0.05, training, updates: budget.examples / 5000 });
    return {
      parameters: named(weights),
      state: optimiser.state,
      trainsOn: "episodes",
      functionsPerUpdate: 500,
      train(support, query) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
        return { loss: optimiser.minimise(({ level }) => tf.mean(tf.square(tf.sub(query.targets, level)))) };
      },
      adaptationSteps: 0,
      *adapt() {
        yield { predict: (inputs) => tf.mul(tf.ones([inputs.shape[0], task.outputs]), weights.level) };
      },
    };
  },
});
`;
const run =
  "run --protocol few-shot/sinusoid/5-shot --plugin ./trained.ts --algorithm trained --budget 1500000 --episodes 5 --store";
const config = JSON.stringify({
  training: { accumulate: 7, l1: 0.01, schedule: "linear", earlyStopping: 3 },
});

describe("an interrupted run with training options", () => {
  it("goes on between two steps to the same record, with options from the configuration and from flags", async () => {
    const folder = workingFolder({ "trained.ts": trained, "metabench.config.json": config });
    const flags = "--training schedule=cosine --training clip-norm=0.5";
    const whole = await metabench(folder, `${run} whole ${flags}`);
    expect(whole.code, whole.note).toBe(0);

    const killed = start(folder, `${run} killed ${flags}`);
    await untilWork(join(folder, "killed"), "checkpoint.bin");
    killAtOnce(killed.pid, ...(await childrenOf(killed.pid)));
    await killed;
    const again = await metabench(folder, `${run} killed ${flags}`);
    expect(again.code, again.note).toBe(0);

    const [one, other] = ["whole", "killed"].map((store) => recordOf(join(folder, store), "trained"));
    expect(other?.cost.resumed).toBe(1);
    // A look, and so a checkpoint, after 100 updates: the second of the seven of a step.
    expect(one?.trainingCurve.map(({ updates }) => updates)).toEqual([0, 100, 200, 300]);
    expect(one && reproducible(one)).toEqual(other && reproducible(other));
    expect(one?.spec.training).toEqual({
      accumulate: 7,
      l1: 0.01,
      schedule: "cosine",
      clipNorm: 0.5,
      earlyStopping: 3,
    });
    expect(one).toMatchObject({ status: "completed", budgetUsed: expect.any(Number) });
  });
});
