import { defineAlgorithm, type Weights } from "@metabench/core";
import { z } from "zod";
import { ownNetwork } from "./inner-loop/inner-loop.ts";
import { initialNetwork, metaLearner, metaOptions, order } from "./inner-loop/meta-learning.ts";

/**
 * Body Only update in the Inner Loop: MAML whose inner loop moves the body alone, towards a head that tasks share.
 *
 * Oh, Yoo, Kim, Yun 2021, section 3. https://arxiv.org/abs/2008.08882
 *
 * In the inner loop θ′_b = θ_b − α_b ∇_θ_b L for the body, and θ′_h = θ_h for the head, whose inner rate α_h is 0.
 *
 * The outer loop learns body and head.
 */
export default defineAlgorithm({
  id: "boil",
  version: "1.0.0",
  title: "BOIL",
  summary:
    "MAML whose inner loop moves the body alone: features must change with the task, since the head cannot.",
  reference: {
    title: "BOIL: Towards Representation Change for Few-shot Learning",
    authors: ["Jaehoon Oh", "Hyungjun Yoo", "ChangHwan Kim", "Se-Young Yun"],
    year: 2021,
    url: "https://arxiv.org/abs/2008.08882",
  },
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    order,
    innerRate: z.number().positive().default(0.4).describe("Step size of the inner loop."),
    ...metaOptions(),
  }),
  /** That of the authors' code for their network of four convolutions. */
  presets: {
    "cifar-fs": {
      innerRate: 0.5,
      innerSteps: 1,
      testSteps: 1,
      metaRate: 0.001,
      metaBatch: 4,
      trainingQueries: 15,
      clipNorm: null,
    },
  },
  label: ({ order }) => (order === 2 ? "BOIL" : "BOIL, first order"),
  create: (context, { order, innerRate, ...options }) =>
    metaLearner(
      context,
      options,
      initialNetwork(context),
      (initialisation, task) => ({
        start: ownNetwork(initialisation, task),
        step: ({ body, head }) => ({
          body: task.descend((b: Weights) => task.loss({ body: b, head }), body, innerRate),
          head,
        }),
      }),
      { order: () => order },
    ),
});
