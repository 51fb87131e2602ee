import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { initialRate, initialRates } from "../few-shot/inner-loop/initial-rates.ts";
import { everyWeightAtItsRate } from "../few-shot/inner-loop/inner-loops.ts";
import { clipNorm, initialNetwork, metaBatch, metaLearner, metaRate } from "./meta-learning.ts";
import { papers } from "../papers.ts";

/**
 * Meta-SGD: learns, beside the initialisation, a step size for every single weight, which may also turn its direction about.
 *
 * Li, Zhou, Chen, Li 2017, equations 2 and 3, algorithm 1 and section 4.1. https://arxiv.org/abs/1707.09835
 *
 * The step sizes start at one number for all weights or, as in the paper (from 0.005 to 0.1), are drawn for each from a range. They are learned for as
 * many steps as training takes and may be so long that more would diverge, so adaptation is those steps in one go.
 */
export default defineAlgorithm({
  id: "meta-sgd",
  version: "1.0.0",
  title: "Meta-SGD",
  summary: "MAML that also learns a step size for every single weight, and with it the steps' direction.",
  reference: papers.metaSgd,
  regime: "few-shot",
  target: "values",
  options: z.strictObject({
    initialRate: initialRate.default(0.01),
    innerSteps: z.int().min(1).default(1).describe("Inner steps, in training as at test."),
    clipNorm,
    metaRate,
    metaBatch,
  }),
  create(context, { initialRate: rate, innerSteps, ...options }) {
    const initialisation = initialNetwork(context);
    const rates = initialRates(context.random, initialisation, rate);
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
