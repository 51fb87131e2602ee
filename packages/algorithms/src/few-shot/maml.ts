import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { everyWeight } from "./inner-loop/inner-loops.ts";
import { initialNetwork, metaLearner, metaOptions, order } from "./inner-loop/meta-learning.ts";
import { papers } from "../papers.ts";

/**
 * Model-Agnostic Meta-Learning: an initialisation from which a few gradient steps on the support set solve a new task.
 *
 * Finn, Abbeel, Levine 2017, equation 1, algorithm 2. https://arxiv.org/abs/1703.03400
 *
 * On the support set of task i, θ′ᵢ = θ − α ∇_θ L_Tᵢ(f_θ); on the queries, equation 1: θ ← θ − β ∇_θ Σᵢ L_Tᵢ(f_θ′ᵢ), here by Adam on
 * the mean over tasks.
 *
 * What differs from the paper is said at `metaLearner`.
 */
export default defineAlgorithm({
  id: "maml",
  version: "1.1.0",
  title: "MAML",
  summary: "Learns initial weights from which a few gradient steps on the support set solve a new task.",
  reference: papers.maml,
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    order,
    innerRate: z.number().positive().default(0.4).describe("Step size of the inner loop."),
    ...metaOptions(),
  }),
  /**
   * As published for one shot; numbers of training queries are those of the authors' code. The paper normalises queries with their own
   * statistics, keeps the meta-rate as it is, and its Omniglot network has strides for pooling. On mini-ImageNet the authors' code cuts each element of a
   * meta-gradient at 10.
   */
  presets: {
    "omniglot-5-way": {
      innerRate: 0.4,
      innerSteps: 1,
      testSteps: 3,
      metaRate: 0.001,
      metaBatch: 32,
      trainingQueries: 1,
      clipNorm: null,
    },
    "omniglot-20-way": {
      innerRate: 0.1,
      innerSteps: 5,
      testSteps: 5,
      metaRate: 0.001,
      metaBatch: 16,
      trainingQueries: 1,
      clipNorm: null,
    },
    "mini-imagenet": {
      innerRate: 0.01,
      innerSteps: 5,
      testSteps: 10,
      metaRate: 0.001,
      metaBatch: 4,
      trainingQueries: 15,
      clipNorm: null,
    },
  },
  label: ({ order }) => (order === 2 ? "MAML" : "MAML, first order"),
  create: (context, { order, innerRate, ...options }) =>
    metaLearner(context, options, initialNetwork(context), everyWeight(innerRate), { order: () => order }),
});
