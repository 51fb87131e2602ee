import { defineAlgorithm } from "@metabench/core";
import { add, fill } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { map, uniform } from "../nn/index.ts";
import { everyWeightAtItsRate } from "./inner-loop/inner-loops.ts";
import { initialNetwork, metaLearner, metaOptions } from "./inner-loop/meta-learning.ts";
import { papers } from "../papers.ts";

const error = "a positive number, or a range [low, high] with low below high";
const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, { error });

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
  setting: "few-shot-classification",
  options: z.strictObject({
    initialRate: z
      .union([z.number().positive(), range], { error })
      .default(0.4)
      .describe(
        "Every weight's step size at the start, or the least and the largest between which each is drawn.",
      ),
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
  create(context, { initialRate, ...options }) {
    const initialisation = initialNetwork(context);
    const rates = map(initialisation, ({ shape }, path) => {
      if (typeof initialRate === "number") return fill(shape, initialRate);
      const [low, high] = initialRate;
      return add(uniform(context.random.fork(`rates/${path}`), shape, (high - low) / 2), (low + high) / 2);
    });
    return metaLearner(context, options, { initialisation, rates }, everyWeightAtItsRate, { order: () => 2 });
  },
});
