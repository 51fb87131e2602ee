import { mul, type Scalar } from "@tensorflow/tfjs-core";
import { defineAlgorithm, type FunctionBatch } from "@metabench/core";
import { z } from "zod";
import { adam, descend, gradient, iterate, meanSquaredError, named, variables } from "../nn/index.ts";
import { functionNetwork, type FunctionWeights, type StackedFunctionWeights } from "./function-network.ts";

/**
 * Model-Agnostic Meta-Learning: an initialisation from which a few gradient steps on a function's support points predict the rest of it.
 *
 * Finn, Abbeel, Levine 2017, algorithm 2 and section 5.1. https://arxiv.org/abs/1703.03400
 *
 * The functions of a meta-batch adapt together: each has weights of its own, so one gradient of the sum of their losses holds the gradient
 * of each.
 */
export default defineAlgorithm({
  id: "maml",
  version: "1.0.0",
  title: "MAML",
  summary: "Meta-learns initial weights from which a few gradient steps fit a new function.",
  reference: {
    title: "Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks",
    authors: ["Chelsea Finn", "Pieter Abbeel", "Sergey Levine"],
    year: 2017,
    url: "https://arxiv.org/abs/1703.03400",
  },
  setting: "few-shot-regression",
  options: z.strictObject({
    /** 1 takes the inner gradients as constants, 2 differentiates through them. */
    order: z.union([z.literal(1), z.literal(2)]).default(2),
    innerRate: z.number().positive().default(0.01),
    /** Inner steps in training. */
    innerSteps: z.int().min(1).default(1),
    /** Inner steps at test. */
    testSteps: z.int().min(1).default(10),
    /** Adam's rate in training. */
    metaRate: z.number().positive().default(1e-3),
    /** Functions an update. */
    metaBatch: z.int().min(1).default(25),
  }),
  label: ({ order }) => (order === 2 ? "MAML" : "First-order MAML"),
  create(
    { backbone, task, random, budget, training },
    { order, innerRate, innerSteps, testSteps, metaRate, metaBatch },
  ) {
    const network = functionNetwork(backbone, task.outputs);
    const initialisation = variables(network.initialise(random));
    const optimiser = adam<FunctionWeights>(initialisation, {
      rate: metaRate,
      training,
      updates: budget.images / (metaBatch * task.shots * 2),
    });
    /** One step for each of several functions: the sum of their losses has the gradient of each. */
    const stackedStep = (weights: StackedFunctionWeights, { inputs, targets }: FunctionBatch) => {
      const functions = inputs.shape[0];
      const sumOfLosses = (w: StackedFunctionWeights) =>
        mul<Scalar>(meanSquaredError(network.stacked.apply(w, inputs), targets), functions);
      return descend(weights, gradient(sumOfLosses, weights, { order }), innerRate);
    };

    return {
      parameters: named(initialisation),
      state: optimiser.state,
      trainsOn: "episodes",
      functionsPerUpdate: metaBatch,
      train: (support, query) => ({
        loss: optimiser.minimise((weights) => {
          let adapted = network.stacked.repeat(weights, support.inputs.shape[0]);
          for (let step = 0; step < innerSteps; step += 1) adapted = stackedStep(adapted, support);
          return meanSquaredError(network.stacked.apply(adapted, query.inputs), query.targets);
        }),
      }),

      adaptationSteps: testSteps,
      *adapt({ inputs, targets }) {
        const loss = (w: FunctionWeights) => meanSquaredError(network.apply(w, inputs), targets);
        const step = (w: FunctionWeights) => descend(w, gradient(loss, w), innerRate);
        for (const weights of iterate<FunctionWeights>(initialisation, step))
          yield { predict: (queries) => network.apply(weights, queries) };
      },
    };
  },
});
