import { defineAlgorithm } from "@metabench/core";
import { fill } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { everyWeightAtItsRate } from "../few-shot/inner-loops.ts";
import { map } from "../nn/index.ts";
import { initialNetwork, metaLearner, metaOptions } from "./meta-learning.ts";

/**
 * Meta-SGD: learns, beside the initialisation, a step size for every single weight, which may also turn its direction about.
 *
 * Li, Zhou, Chen, Li 2017, equations 2 and 3, algorithm 1 and section 4.1. https://arxiv.org/abs/1707.09835
 *
 * Where the step sizes start is an option, one number for all weights; the paper draws each anew from [0.005, 0.1].
 */
export default defineAlgorithm({
  id: "meta-sgd",
  version: "1.0.0",
  title: "Meta-SGD",
  summary: "MAML that also learns a step size for every single weight, and with it the steps' direction.",
  reference: {
    title: "Meta-SGD: Learning to Learn Quickly for Few-Shot Learning",
    authors: ["Zhenguo Li", "Fengwei Zhou", "Fei Chen", "Hang Li"],
    year: 2017,
    url: "https://arxiv.org/abs/1707.09835",
  },
  setting: "few-shot-regression",
  options: z.strictObject({
    /** Every weight's step size at the start. */
    initialRate: z.number().positive().default(0.01),
    // Step sizes learned for one step are so long that ten of them diverge.
    ...metaOptions({ innerSteps: 5, testSteps: 5 }),
  }),
  create(context, { initialRate, ...options }) {
    const initialisation = initialNetwork(context);
    const rates = map(initialisation, ({ shape }) => fill(shape, initialRate));
    return metaLearner(context, options, { initialisation, rates }, everyWeightAtItsRate, 2);
  },
});
