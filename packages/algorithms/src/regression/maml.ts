import { expandDims, mul, ones } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { adam, descend, gradient, iterate, map, meanSquaredError, named, variables } from "../nn/index.ts";
import { functionNetwork, type FunctionWeights } from "./function-network.ts";

/** Points of one function, or of a stack of functions. */
type Points = { readonly inputs: Tensor; readonly targets: Tensor };

/** The same weights for each of `count` functions: leaves `[count, …]`. */
const stacked = (weights: FunctionWeights, count: number): FunctionWeights =>
  map(weights, (leaf) => mul(expandDims(leaf), ones([count, ...leaf.shape.map(() => 1)])));

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
  create({ backbone, task, random }, { order, innerRate, innerSteps, testSteps, metaRate, metaBatch }) {
    const network = functionNetwork(backbone, task.outputs);
    const initialisation = variables(network.initialise(random));
    const optimiser = adam<FunctionWeights>(initialisation, { rate: metaRate });
    const loss = (weights: FunctionWeights, { inputs, targets }: Points) =>
      meanSquaredError(network.apply(weights, inputs), targets);
    const innerStep = (weights: FunctionWeights, support: Points, functions: number, order: 1 | 2) => {
      const sumOfLosses = (w: FunctionWeights) => mul<Scalar>(loss(w, support), functions);
      return descend(weights, gradient(sumOfLosses, weights, { order }), innerRate);
    };

    return {
      parameters: named(initialisation),
      state: optimiser.state,
      trainsOn: "episodes",
      functionsPerUpdate: metaBatch,
      train: (support, query) => ({
        loss: optimiser.minimise((weights) => {
          const functions = support.inputs.shape[0];
          let adapted = stacked(weights, functions);
          for (let step = 0; step < innerSteps; step += 1)
            adapted = innerStep(adapted, support, functions, order);
          return loss(adapted, query);
        }),
      }),

      adaptationSteps: testSteps,
      *adapt(support) {
        for (const weights of iterate<FunctionWeights>(initialisation, (w) => innerStep(w, support, 1, 1)))
          yield { predict: (inputs) => network.apply(weights, inputs) };
      },
    };
  },
});
