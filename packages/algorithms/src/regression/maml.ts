import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { order } from "../few-shot/inner-loop/meta-learning.ts";
import { everyWeight } from "../few-shot/inner-loop/inner-loops.ts";
import { initialNetwork, metaLearner, metaOptions } from "./meta-learning.ts";
import { papers } from "../papers.ts";

/**
 * Model-Agnostic Meta-Learning: an initialisation from which a few gradient steps on a function's support points predict the rest of it.
 *
 * Finn, Abbeel, Levine 2017, algorithm 2 and section 5.1. https://arxiv.org/abs/1703.03400
 */
export default defineAlgorithm({
  id: "maml",
  version: "1.0.0",
  title: "MAML",
  summary: "Meta-learns initial weights from which a few gradient steps fit a new function.",
  reference: papers.maml,
  regime: "few-shot",
  target: "values",
  options: z.strictObject({
    order,
    innerRate: z.number().positive().default(0.01).describe("Step size of the inner loop."),
    ...metaOptions,
  }),
  label: ({ order }) => (order === 2 ? "MAML" : "First-order MAML"),
  create: (context, { order, innerRate, ...options }) =>
    metaLearner(context, options, initialNetwork(context), everyWeight(innerRate), order),
});
