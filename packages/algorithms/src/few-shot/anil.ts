import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { headAlone } from "./inner-loop/inner-loops.ts";
import { initialNetwork, metaLearner, metaOptions, order } from "./inner-loop/meta-learning.ts";
import { papers } from "../papers.ts";

/**
 * Almost No Inner Loop: MAML whose inner loop moves the head alone, on features that tasks share.
 *
 * Raghu, Raghu, Bengio, Vinyals 2020, section 4. https://arxiv.org/abs/1909.09157
 *
 * In the inner loop w′ = w − α ∇_w L for the weights w of the head, and the body's stay what they are.
 *
 * The outer loop learns body and head. Queries are normalised as `metaLearner` says, which is the only thing the support set does to the
 * body.
 */
export default defineAlgorithm({
  id: "anil",
  version: "1.0.0",
  title: "ANIL",
  summary:
    "MAML whose inner loop moves the head alone: learns features on which a few steps of the head suffice.",
  reference: papers.anil,
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    order,
    innerRate: z.number().positive().default(0.4).describe("Step size of the inner loop."),
    ...metaOptions(),
  }),
  /** That of the example in learn2learn, for 5 shots. */
  presets: {
    fc100: {
      innerRate: 0.1,
      innerSteps: 5,
      testSteps: 5,
      metaRate: 0.001,
      metaBatch: 32,
      trainingQueries: 5,
      clipNorm: null,
    },
  },
  label: ({ order }) => (order === 2 ? "ANIL" : "ANIL, first order"),
  create: (context, { order, innerRate, ...options }) =>
    metaLearner(context, options, initialNetwork(context), headAlone(innerRate), { order: () => order }),
});
