import { defineAlgorithm } from "@metabench/core";
import { mean, mul, neg, reshape, square, sum, transpose, type Tensor } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { cloneTree } from "../nn/index.ts";
import type { InnerTask } from "./inner-loop/inner-loop.ts";
import { metaLearner, metaOptions, order } from "./inner-loop/meta-learning.ts";

/**
 * The linear head that is Prototypical Networks, but for a number that all classes share: w_k = 2 c_k, b_k = −c_kᵀ c_k.
 *
 * Snell, Swersky, Zemel 2017, equation 8. https://arxiv.org/abs/1703.05175
 */
function prototypeHead(embedding: Tensor, { ways, shots }: Pick<InnerTask, "ways" | "shots">) {
  const tasks = embedding.shape.slice(0, -2);
  const prototypes = mean(reshape(embedding, [...tasks, ways, shots, -1]), -2);
  const axes = prototypes.shape.map((_, axis) => axis);
  const swapped = [...axes.slice(0, -2), ...axes.slice(-2).reverse()];
  return { kernel: mul(transpose(prototypes, swapped), 2), bias: neg(sum(square(prototypes), -1)) };
}

/**
 * Proto-MAML: MAML whose head starts, in every task, as the one that classifies by the nearest prototype.
 *
 * Triantafillou et al. 2020, section 3, where the method is proposed; its head is equation 8 of Snell, Swersky, Zemel 2017.
 * https://arxiv.org/abs/1903.03096
 *
 * The meta-gradient flows through the prototypes into the body, which alone is meta-learned; the inner loop moves body and head. At one
 * shot each image is its own prototype, so that its loss is next to nothing and the inner loop moves hardly anything.
 */
export default defineAlgorithm({
  id: "proto-maml",
  version: "1.1.0",
  title: "Proto-MAML",
  summary:
    "MAML whose head starts in each task as that of prototypical networks: the inner loop continues from the nearest-mean classifier.",
  reference: {
    title: "Meta-Dataset: A Dataset of Datasets for Learning to Learn from Few Examples",
    authors: [
      "Eleni Triantafillou",
      "Tyler Zhu",
      "Vincent Dumoulin",
      "Pascal Lamblin",
      "Utku Evci",
      "Kelvin Xu",
      "Ross Goroshin",
      "Carles Gelada",
      "Kevin Swersky",
      "Pierre-Antoine Manzagol",
      "Hugo Larochelle",
    ],
    year: 2020,
    url: "https://arxiv.org/abs/1903.03096",
  },
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    order,
    innerRate: z.number().positive().default(0.1).describe("Step size of the inner loop."),
    ...metaOptions(),
  }),
  /**
   * The authors' best for training on ImageNet alone and from scratch, with a ResNet on images of 126×126 and one episode of varying ways
   * and shots an update. Their rate falls by steps, and weights decay; neither does here.
   */
  presets: {
    "meta-dataset-imagenet": {
      order: 1,
      innerRate: 0.311,
      innerSteps: 6,
      testSteps: 11,
      metaRate: 0.000718,
      metaBatch: 1,
      trainingQueries: 10,
      clipNorm: null,
    },
  },
  label: ({ order }) => (order === 2 ? "Proto-MAML" : "Proto-MAML, first order"),
  create: (context, { order, innerRate, ...options }) =>
    metaLearner(
      context,
      options,
      { body: context.backbone.initialise(context.random.fork("body")) },
      (meta, task) => {
        const body = task.body(meta.body);
        const start = { body, head: prototypeHead(task.embed(body), task) };
        return {
          // A step moves body and head as independent weights; the meta-gradient alone sees that the head was made of the body.
          start: cloneTree(start),
          step: (weights) => task.descend(task.loss, weights, innerRate),
        };
      },
      { order: () => order },
    ),
});
