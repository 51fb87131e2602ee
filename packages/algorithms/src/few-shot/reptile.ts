import { defineAlgorithm } from "@metabench/core";
import { div, sub } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { adaptiveStart, adaptiveStep, iterate, named, sgd, variables, zip } from "../nn/index.ts";
import { innerBatches, wholeTasks } from "./inner-batches.ts";
import { ownNetwork, singleTask } from "./inner-loop.ts";
import { initialNetwork, predictor } from "./meta-learning.ts";
import { meanOverTasks, stackedClassifier, type Network } from "./stacked-classifier.ts";

/**
 * Reptile: the initialisation moves towards the weights that several steps of an ordinary optimiser reach on a task; no gradient is taken
 * through the steps.
 *
 * Nichol, Achiam, Schulman 2018, algorithm 2 (the batched form of algorithm 1). https://arxiv.org/abs/1803.02999
 *
 * The inner optimiser is Adam with β₁ = 0, as in the paper's experiments; here its second moments start afresh in every task, while the
 * authors' code hands them on from one to the next. Training tasks have more images than test tasks (section 6.3), in minibatches; the tasks
 * of a meta-batch share the order. A test task takes its whole support set at each step, so that no order matters, and normalises queries
 * with its statistics.
 */
export default defineAlgorithm({
  id: "reptile",
  version: "1.0.0",
  title: "Reptile",
  summary: "Moves its initial weights towards those that a few steps of Adam reach on each training task.",
  reference: {
    title: "On First-Order Meta-Learning Algorithms",
    authors: ["Alex Nichol", "Joshua Achiam", "John Schulman"],
    year: 2018,
    url: "https://arxiv.org/abs/1803.02999",
  },
  setting: "few-shot-classification",
  options: z.strictObject({
    innerRate: z.number().positive().default(0.001),
    innerSteps: z.int().min(1).max(100).default(5),
    innerBatch: z.int().min(1).default(10),
    /** Images a class of a training task. */
    trainingShots: z.int().min(2).default(10),
    /** Steps after which the headline is taken in testing. */
    testSteps: z.int().min(1).max(100).default(20),
    /** Share of the way towards the adapted weights at the start; it falls in a straight line to 0 at the end of the budget. */
    metaStep: z.number().positive().max(1).default(1),
    metaBatch: z.int().positive().default(5),
  }),
  presets: { "omniglot-5-way": { innerRate: 0.001, innerSteps: 5, innerBatch: 10, testSteps: 50 } },
  create(context, { innerRate, innerSteps, innerBatch, trainingShots, testSteps, metaStep, metaBatch }) {
    const { backbone, task, random, budget, training } = context;
    const { ways, shots } = task;
    const initialisation = variables(initialNetwork(context));
    const batches = innerBatches(random.fork("inner-batches"));
    const classifier = stackedClassifier(backbone);
    const queries = Math.max(1, trainingShots - shots);
    const updates = budget.images / (metaBatch * ways * (shots + queries));
    // Towards the adapted weights is down φ − φ̃, which the authors treat as a gradient (section 2).
    const outer = sgd<Network>(initialisation, {
      rate: metaStep,
      schedule: (step) => Math.max(0, 1 - step / updates),
      training,
      updates,
    });
    return {
      parameters: named(initialisation),
      state: { ...outer.state, ...batches.state },
      trainsOn: "episodes",
      episodes: { ways, shots, queries, perUpdate: metaBatch },
      train(episodes) {
        let adapted = adaptiveStart(classifier.repeat(initialisation, episodes.length));
        for (const [at, batch] of batches.of(wholeTasks(episodes), innerBatch, innerSteps).entries())
          adapted = adaptiveStep(adapted, (weights) => classifier.loss(weights, batch), innerRate, at);
        const reached = meanOverTasks(classifier, adapted.weights, initialisation, episodes.length);
        outer.apply(zip(initialisation, reached, (from, to) => sub(from, to)));
        return { loss: div(adapted.loss, episodes.length) };
      },
      adaptsOn: "images",
      adaptationSteps: testSteps,
      *adapt(support) {
        const own = singleTask(backbone, support);
        const start = adaptiveStart(ownNetwork(initialisation, own));
        let at = 0;
        for (const { weights } of iterate(start, (state) => adaptiveStep(state, own.loss, innerRate, at++)))
          yield predictor(backbone, weights, support);
      },
    };
  },
});
