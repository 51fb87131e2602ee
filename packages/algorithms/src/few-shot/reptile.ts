import { defineAlgorithm, MetabenchError } from "@metabench/core";
import { z } from "zod";
import { named, variables } from "../nn/index.ts";
import { innerBatches, wholeTasks } from "./inner-loop/inner-batches.ts";
import { ownNetwork, singleTask } from "./inner-loop/inner-loop.ts";
import { initialNetwork } from "./inner-loop/meta-learning.ts";
import { metaStep, reptileUpdate } from "./inner-loop/reptile-update.ts";
import { stackedClassifier } from "./inner-loop/stacked-classifier.ts";
import { stepPredictors } from "./inner-loop/step-predictors.ts";
import { papers } from "../papers.ts";

/**
 * Reptile: the initialisation moves towards the weights that several steps of an ordinary optimiser reach on a task; no gradient is taken
 * through the steps.
 *
 * Nichol, Achiam, Schulman 2018, algorithm 2 (the batched form of algorithm 1). https://arxiv.org/abs/1803.02999
 *
 * An update is φ ← φ + ε (1/n) Σᵢ (φ̃ᵢ − φ), with φ̃ᵢ the weights that the i-th of n tasks reaches from φ.
 *
 * The inner optimiser is Adam with β₁ = 0, as in the paper's experiments. Training tasks have more images than test tasks (section 6.3), in
 * minibatches; the tasks of a meta-batch share the order. A test task takes its whole support set at each step, so that no order matters, and normalises queries
 * with its statistics.
 */
export default defineAlgorithm({
  id: "reptile",
  version: "2.0.0",
  title: "Reptile",
  summary: "Moves its initial weights towards those that a few steps of Adam reach on each training task.",
  reference: papers.reptile,
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    innerRate: z.number().positive().default(0.001).describe("Step size of the inner loop."),
    innerSteps: z.int().min(1).max(100).default(5).describe("Inner steps in training."),
    innerBatch: z.int().min(1).default(10).describe("Images per inner step in training."),
    trainingShots: z.int().min(2).default(10).describe("Images per class of a training task."),
    testSteps: z
      .int()
      .min(1)
      .max(100)
      .default(20)
      .describe("Steps after which the headline is taken in testing."),
    metaStep,
    metaBatch: z.int().positive().default(5).describe("Tasks per update."),
  }),
  /** As published; the paper trains for 100,000 updates, 200,000 at 20 ways, and tests in minibatches too. */
  presets: {
    "omniglot-5-way": {
      innerRate: 0.001,
      innerSteps: 5,
      innerBatch: 10,
      trainingShots: 10,
      testSteps: 50,
      metaStep: 1,
      metaBatch: 5,
    },
    "omniglot-20-way": {
      innerRate: 0.0005,
      innerSteps: 10,
      innerBatch: 20,
      trainingShots: 10,
      testSteps: 50,
      metaStep: 1,
      metaBatch: 5,
    },
    "mini-imagenet": {
      innerRate: 0.001,
      innerSteps: 8,
      innerBatch: 10,
      trainingShots: 15,
      testSteps: 50,
      metaStep: 1,
      metaBatch: 5,
    },
  },
  create(context, { innerRate, innerSteps, innerBatch, trainingShots, testSteps, metaStep, metaBatch }) {
    const { backbone, task, random, budget } = context;
    const { ways, shots } = task;
    const initialisation = variables(initialNetwork(context));
    const batches = innerBatches(random.fork("inner-batches"));
    const { repeat, loss } = stackedClassifier(backbone);
    const queries = trainingShots - shots;
    if (queries < 1)
      throw new MetabenchError(
        "invalid-options",
        `Training tasks of ${String(trainingShots)} images per class are no larger than test tasks of ${String(shots)} shots. Set trainingShots to ${String(shots + 1)} or more.`,
      );
    const updates = budget.examples / (metaBatch * ways * (shots + queries));
    const reptile = reptileUpdate(initialisation, repeat, context, { innerRate, metaStep, updates });
    return {
      parameters: named(initialisation),
      state: { ...reptile.state, ...batches.state },
      trainsOn: "episodes",
      episodes: { ways, shots, queries, perUpdate: metaBatch },
      train(episodes) {
        const drawn = batches.of(wholeTasks(episodes), innerBatch, innerSteps);
        return { loss: reptile.update(episodes.length, drawn, (weights, batch) => loss(weights, batch)) };
      },
      adaptsOn: "images",
      adaptationSteps: testSteps,
      *adapt(support) {
        const own = singleTask(backbone, support);
        const steps = reptile.adapted((network) => ownNetwork(network, own), own.loss);
        yield* stepPredictors(backbone, steps, support, testSteps);
      },
    };
  },
});
