import { defineAlgorithm } from "@metabench/core";
import { mul } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { descendEach } from "../nn/index.ts";
import { metaLearner as strategist } from "./strategy/learning-strategy.ts";
import { metaLearner, metaOptions, order } from "./inner-loop/meta-learning.ts";
import { taskEncoder } from "./strategy/task-encoder.ts";
import { taskStrategies } from "./strategy/task-strategies.ts";

/**
 * UMTL, unified multi-task learning, in its few-shot form: an episode is a task.
 *
 * The Task Encoder makes one embedding of a task's labelled support images, from which a decoder must find the mean features of its
 * classes again. The Meta-Learner lets the embeddings of all tasks present attend to each other, and generates each task's strategy: the
 * initial weights of its head, scale and shift of the trunk's layers, a step size for every layer. From there the task's own learner takes
 * gradient steps on the support set. Everything is trained together by the query loss after the steps plus the error of the decoder,
 * differentiating through the steps. In testing the Meta-Learner sees one task only.
 *
 * Task t starts at θ_t, the generated head on the modulated trunk, and steps θ_t ← θ_t − α_t ∘ ∇L(support_t; θ_t) with generated α_t. The
 * loss is the mean over tasks of L(queries_t; θ_t) + ρ R_t, with R_t the mean squared error of the decoded class means and ρ the option
 * `reconstruction`.
 *
 * Queries are normalised with the statistics of the support set under the adapted weights, so that no query sees another.
 */
export default defineAlgorithm({
  id: "umtl",
  version: "1.1.0",
  title: "UMTL",
  summary:
    "Embeds the task, generates head, modulation of the trunk and step sizes from that, and takes a few gradient steps from there.",
  reference: null,
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    order,
    initialStep: z
      .number()
      .positive()
      .default(0.1)
      .describe("Initial step size of every layer; it is learned."),
    reconstruction: z
      .number()
      .nonnegative()
      .default(0.1)
      .describe("The weight of the decoder's error in the loss."),
    ...metaOptions(),
  }),
  label: ({ order }) => (order === 2 ? "UMTL" : "UMTL, first order"),
  create(context, { order, initialStep, reconstruction, ...options }) {
    const { backbone, random, task } = context;
    const body = backbone.initialise(random.fork("body"));
    const initial = {
      body,
      encoder: taskEncoder.initialise(random.fork("encoder"), backbone.features, task.ways),
      metaLearner: strategist.initialise(random.fork("meta-learner"), body, backbone.features),
    };
    return metaLearner(
      context,
      options,
      initial,
      (weights, task) => {
        const { start, stepSizes, reconstructionError } = taskStrategies(weights, task, initialStep);
        return {
          start,
          step: (now) => descendEach(now, task.gradient(task.loss, now), stepSizes),
          penalty: () => mul(reconstructionError(), reconstruction),
        };
      },
      { order: () => order },
    );
  },
});
