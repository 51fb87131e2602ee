import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { order } from "../few-shot/inner-loop/meta-learning.ts";
import { headAlone } from "../few-shot/inner-loop/inner-loops.ts";
import { clipNorm, initialNetwork, metaLearner, metaOptions } from "./meta-learning.ts";
import { papers } from "../papers.ts";

/**
 * Almost No Inner Loop: MAML whose inner loop moves the last layer alone, on features that functions share.
 *
 * Raghu, Raghu, Bengio, Vinyals 2020, section 4. https://arxiv.org/abs/1909.09157
 */
export default defineAlgorithm({
  id: "anil",
  version: "1.1.0",
  title: "ANIL",
  summary:
    "MAML whose inner loop moves the last layer alone: learns features of which a new function is nearly a linear mixture.",
  reference: papers.anil,
  regime: "few-shot",
  target: "values",
  options: z.strictObject({
    order,
    innerRate: z.number().positive().default(0.1).describe("Step size of the inner loop."),
    clipNorm,
    ...metaOptions,
    innerSteps: z
      .int()
      .min(1)
      .default(5)
      .describe("Inner steps in training: with one, those that follow it at test may go anywhere."),
  }),
  label: ({ order }) => (order === 2 ? "ANIL" : "ANIL, first order"),
  create: (context, { order, innerRate, ...options }) =>
    metaLearner(context, options, initialNetwork(context), headAlone(innerRate), order),
});
