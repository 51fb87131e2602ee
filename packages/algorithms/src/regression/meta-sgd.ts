import { defineAlgorithm } from "@metabench/core";
import { fill } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { everyWeightAtItsRate } from "../few-shot/inner-loop/inner-loops.ts";
import { map } from "../nn/index.ts";
import { clipNorm, initialNetwork, metaBatch, metaLearner, metaRate } from "./meta-learning.ts";
import { papers } from "../papers.ts";

/**
 * Meta-SGD: learns, beside the initialisation, a step size for every single weight, which may also turn its direction about.
 *
 * Li, Zhou, Chen, Li 2017, equations 2 and 3, algorithm 1 and section 4.1. https://arxiv.org/abs/1707.09835
 *
 * Where the step sizes start is an option, one number for all weights; the paper draws each anew from [0.005, 0.1]. They are learned for as
 * many steps as training takes and may be so long that more would diverge, so adaptation is those steps in one go.
 */
export default defineAlgorithm({
  id: "meta-sgd",
  version: "1.0.0",
  title: "Meta-SGD",
  summary: "MAML that also learns a step size for every single weight, and with it the steps' direction.",
  reference: papers.metaSgd,
  setting: "few-shot-regression",
  options: z.strictObject({
    initialRate: z.number().positive().default(0.01).describe("Every weight's step size at the start."),
    innerSteps: z.int().min(1).default(1).describe("Inner steps, in training as at test."),
    clipNorm,
    metaRate,
    metaBatch,
  }),
  create(context, { initialRate, innerSteps, ...options }) {
    const initialisation = initialNetwork(context);
    const rates = map(initialisation, ({ shape }) => fill(shape, initialRate));
    const learner = metaLearner(
      context,
      { ...options, innerSteps, testSteps: innerSteps },
      { initialisation, rates },
      everyWeightAtItsRate,
      2,
    );
    return {
      ...learner,
      adaptationSteps: 0,
      *adapt(points) {
        let made = 0;
        for (const predictor of learner.adapt(points)) {
          if (made === innerSteps) return yield predictor;
          made += 1;
        }
      },
    };
  },
});
