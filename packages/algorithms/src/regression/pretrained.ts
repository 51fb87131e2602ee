import { concat, reshape } from "@tensorflow/tfjs-core";
import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { adam, descend, gradient, iterate, meanSquaredError, named, variables } from "../nn/index.ts";
import { functionNetwork, type FunctionWeights } from "./function-network.ts";
import { papers } from "../papers.ts";

/** The points of all functions as if they were of one: `[functions, n, size]` twice → `[points, size]`. */
const pooled = (support: Tensor3D, query: Tensor3D): Tensor2D =>
  reshape<Tensor2D["rankType"]>(concat([support, query], 1), [-1, support.shape[2]]) as Tensor2D;

/**
 * Pretrained: one network regresses the points of all training functions at once, and is fine-tuned by gradient descent at test. What an
 * initialisation is worth that was not learned for adapting.
 *
 * The baseline of Finn, Abbeel, Levine 2017, section 5.1. https://arxiv.org/abs/1703.03400
 */
export default defineAlgorithm({
  id: "pretrained",
  version: "1.0.0",
  title: "Pretrained",
  summary:
    "Trains one network on the points of all functions together, then fine-tunes it on the support points.",
  reference: papers.maml,
  regime: "few-shot",
  target: "values",
  role: "control",
  options: z.strictObject({
    rate: z.number().positive().default(1e-3).describe("Adam's rate in training."),
    functions: z.int().min(1).default(25).describe("Functions per update."),
    tuningRate: z.number().positive().default(0.01).describe("Step size of gradient descent at test."),
    tuningSteps: z.int().min(1).default(10).describe("Steps of gradient descent at test."),
  }),
  create({ backbone, task, random }, { rate, functions, tuningRate, tuningSteps }) {
    const network = functionNetwork(backbone, task.outputs);
    const weights = variables(network.initialise(random));
    const optimiser = adam<FunctionWeights>(weights, { rate });
    const loss = (w: FunctionWeights, inputs: Tensor2D, targets: Tensor2D) =>
      meanSquaredError(network.apply(w, inputs), targets);

    return {
      parameters: named(weights),
      state: optimiser.state,
      trainsOn: "episodes",
      functionsPerUpdate: functions,
      train: (support, query) => ({
        loss: optimiser.minimise((w) =>
          loss(w, pooled(support.inputs, query.inputs), pooled(support.targets, query.targets)),
        ),
      }),

      adaptationSteps: tuningSteps,
      *adapt({ inputs, targets }) {
        const step = (w: FunctionWeights) =>
          descend(
            w,
            gradient((v) => loss(v, inputs, targets), w),
            tuningRate,
          );
        for (const tuned of iterate<FunctionWeights>(weights, step))
          yield { predict: (queries) => network.apply(tuned, queries) };
      },
    };
  },
});
