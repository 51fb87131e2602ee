import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { initialRate, initialRates } from "./inner-loop/initial-rates.ts";
import { everyWeightAtItsRate } from "./inner-loop/inner-loops.ts";
import { initialNetwork, metaLearner, metaOptions } from "./inner-loop/meta-learning.ts";
import { papers } from "../papers.ts";

/**
 * Meta-SGD: learns, beside the initialisation θ, a step size α for every single weight, which may also turn its direction about:
 * θ′ = θ − α ∘ ∇L(θ).
 *
 * Li, Zhou, Chen, Li 2017, equations 2 and 3, algorithm 1. https://arxiv.org/abs/1707.09835
 *
 * α starts at one number for all weights or, as in the paper, is drawn for each from a range.
 */
export default defineAlgorithm({
  id: "meta-sgd",
  version: "1.0.0",
  title: "Meta-SGD",
  summary: "MAML that also learns a step size for every single weight, and with it the steps' direction.",
  reference: papers.metaSgd,
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    initialRate: initialRate.default(0.4),
    ...metaOptions({ testSteps: 1 }),
  }),
  /** One step and the range of α are the paper's; its tasks, queries and meta-rate are taken to be MAML's, whose set-up it follows. */
  presets: {
    "mini-imagenet": {
      initialRate: [0.005, 0.1],
      innerSteps: 1,
      testSteps: 1,
      metaRate: 0.001,
      metaBatch: 4,
      trainingQueries: 15,
      clipNorm: null,
    },
  },
  create(context, { initialRate: rate, ...options }) {
    const initialisation = initialNetwork(context);
    const rates = initialRates(context.random, initialisation, rate);
    return metaLearner(context, options, { initialisation, rates }, everyWeightAtItsRate, { order: () => 2 });
  },
});
