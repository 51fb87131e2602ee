import { defineAlgorithm } from "@metabench/core";
import { concat, gather, mul, type Scalar, type Tensor3D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { innerBatches } from "../few-shot/inner-loop/inner-batches.ts";
import { ownNetwork } from "../few-shot/inner-loop/inner-loop.ts";
import { metaStep, reptileUpdate } from "../few-shot/inner-loop/reptile-update.ts";
import { meanSquaredError, named, variables } from "../nn/index.ts";
import { functionNetwork, type FunctionWeights } from "./function-network.ts";
import { singleFunction } from "./function-task.ts";
import { initialNetwork } from "./meta-learning.ts";
import { papers } from "../papers.ts";

/**
 * Reptile: the initialisation moves towards the weights that several steps of an ordinary optimiser reach on a function; no gradient is
 * taken through the steps.
 *
 * Nichol, Achiam, Schulman 2018, algorithm 2 (the batched form of algorithm 1). https://arxiv.org/abs/1803.02999
 *
 * A training function's support and query points are one set, taken in minibatches. The inner optimiser is Adam with β₁ = 0, as in the
 * classification form; a test function takes all its support points at each step.
 */
export default defineAlgorithm({
  id: "reptile",
  version: "2.0.0",
  title: "Reptile",
  summary:
    "Moves its initial weights towards those that a few steps of Adam reach on each training function.",
  reference: papers.reptile,
  regime: "few-shot",
  target: "values",
  options: z.strictObject({
    innerRate: z.number().positive().default(0.01).describe("Step size of the inner loop."),
    innerSteps: z.int().min(1).default(5).describe("Inner steps in training."),
    innerBatch: z
      .int()
      .min(1)
      .default(10)
      .describe("Points per inner step in training; all points if a function has fewer."),
    testSteps: z.int().min(1).default(10).describe("Inner steps at test."),
    metaStep,
    metaBatch: z.int().min(1).default(25).describe("Functions per update."),
  }),
  create(context, { innerRate, innerSteps, innerBatch, testSteps, metaStep, metaBatch }) {
    const { backbone, task, random, budget } = context;
    const network = functionNetwork(backbone, task.outputs);
    const initialisation = variables(initialNetwork(context));
    const batches = innerBatches(random.fork("inner-batches"));
    const updates = budget.examples / (metaBatch * task.shots * 2);
    const { repeat, apply } = network.stacked;
    const reptile = reptileUpdate(initialisation, repeat, context, { innerRate, metaStep, updates });
    return {
      parameters: named(initialisation),
      state: { ...reptile.state, ...batches.state },
      trainsOn: "episodes",
      functionsPerUpdate: metaBatch,
      train(support, query) {
        const inputs: Tensor3D = concat([support.inputs, query.inputs], 1);
        const targets: Tensor3D = concat([support.targets, query.targets], 1);
        const [functions, points] = inputs.shape;
        const drawn = batches.positions(points, Math.min(innerBatch, points), innerSteps);
        const loss = reptile.update(functions, drawn, (weights, batch) =>
          mul<Scalar>(
            meanSquaredError(apply(weights, gather(inputs, batch, 1)), gather(targets, batch, 1)),
            functions,
          ),
        );
        return { loss };
      },

      adaptationSteps: testSteps,
      *adapt(points) {
        const own = singleFunction(backbone, points);
        for (const weights of reptile.adapted((initial) => ownNetwork(initial, own), own.loss))
          yield { predict: (queries) => network.apply(weights as FunctionWeights, queries) };
      },
    };
  },
});
