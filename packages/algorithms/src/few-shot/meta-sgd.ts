import { defineAlgorithm } from "@metabench/core";
import { fill } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { map } from "../nn/index.ts";
import { everyWeightAtItsRate } from "./inner-loop/inner-loops.ts";
import { initialNetwork, metaLearner, metaOptions } from "./inner-loop/meta-learning.ts";
import { papers } from "../papers.ts";

/**
 * Meta-SGD: learns, beside the initialisation θ, a step size α for every single weight, which may also turn its direction about:
 * θ′ = θ − α ∘ ∇L(θ).
 *
 * Li, Zhou, Chen, Li 2017, equations 2 and 3, algorithm 1. https://arxiv.org/abs/1707.09835
 *
 * Where α starts is an option, one number for all weights; the paper draws each anew from [0.005, 0.1].
 */
export default defineAlgorithm({
  id: "meta-sgd",
  version: "1.0.0",
  title: "Meta-SGD",
  summary: "MAML that also learns a step size for every single weight, and with it the steps' direction.",
  reference: papers.metaSgd,
  setting: "few-shot-classification",
  options: z.strictObject({
    initialRate: z.number().positive().default(0.4).describe("Every weight's step size at the start."),
    ...metaOptions({ testSteps: 1 }),
  }),
  create(context, { initialRate, ...options }) {
    const initialisation = initialNetwork(context);
    const rates = map(initialisation, ({ shape }) => fill(shape, initialRate));
    return metaLearner(context, options, { initialisation, rates }, everyWeightAtItsRate, { order: () => 2 });
  },
});
