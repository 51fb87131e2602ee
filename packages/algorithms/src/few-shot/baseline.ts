import { zeros } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { defineAlgorithm, type SupportSet, type Weights } from "@metabench/core";
import { z } from "zod";
import {
  adam,
  crossEntropy,
  descend,
  gradient,
  iterate,
  linear,
  named,
  variables,
  type LinearWeights,
} from "../nn/index.ts";
import { runningStatistics } from "./running-statistics.ts";

type Network = { readonly body: Weights; readonly head: LinearWeights };

/**
 * Baseline: supervised training on all training classes at once; for a test task the encoder is frozen and a fresh linear head is trained
 * on the support set.
 *
 * Chen, Liu, Kira, Wang, Huang 2019, section 3.2. https://arxiv.org/abs/1904.04232
 *
 * The paper trains the head with 100 epochs of SGD (rate 0.01, momentum 0.9, dampening 0.9, weight decay 0.001) over batches of four. Here
 * it takes plain steps over the whole support set, so that nothing depends on an order of its images.
 */
export default defineAlgorithm({
  id: "baseline",
  version: "1.0.0",
  title: "Baseline",
  summary:
    "Learns to tell all training classes apart, then trains a new linear head on frozen features for each task.",
  reference: {
    title: "A Closer Look at Few-shot Classification",
    authors: ["Wei-Yu Chen", "Yen-Cheng Liu", "Zsolt Kira", "Yu-Chiang Frank Wang", "Jia-Bin Huang"],
    year: 2019,
    url: "https://arxiv.org/abs/1904.04232",
  },
  setting: "few-shot-classification",
  options: z.strictObject({
    batchSize: z.int().min(2).default(64),
    /** Adam's rate in training. */
    rate: z.number().positive().default(1e-3),
    /** Steps of gradient descent on the head of a test task. */
    headSteps: z.int().min(1).max(1000).default(100),
    headRate: z.number().positive().default(0.1),
  }),
  create({ backbone, task, random }, { batchSize, rate, headSteps, headRate }) {
    const network = variables<Network>({
      body: backbone.initialise(random.fork("body")),
      head: linear.initialise(random.fork("head"), backbone.features, task.trainingClasses),
    });
    // A blank image gives the form; a hundred batches of training forget it.
    const blank = backbone.apply(network.body, zeros([1, ...task.image]));
    const running = runningStatistics(blank.statistics);
    const optimiser = adam<Network>(network, { rate });
    const headStep = (head: LinearWeights, { inputs, labels }: SupportSet<Tensor>) =>
      descend(
        head,
        gradient((h) => crossEntropy(linear.apply(h, inputs as Tensor2D), labels), head),
        headRate,
      );

    return {
      parameters: named(network),
      state: { ...optimiser.state, ...running.state },
      trainsOn: "labelled-images",
      batchSize,
      train: ({ inputs, labels }) => ({
        loss: optimiser.minimise(({ body, head }) => {
          const { embedding, statistics } = backbone.apply(body, inputs);
          running.update(statistics);
          return crossEntropy(linear.apply(head, embedding), labels);
        }),
      }),

      adaptsOn: "embeddings",
      adaptationSteps: headSteps,
      encode: (images) => backbone.apply(network.body, images, running.average).embedding,
      *adapt(support) {
        const fresh = linear.initialise(random.fork("test-head"), backbone.features, support.ways);
        for (const head of iterate(fresh, (h) => headStep(h, support)))
          yield { predict: (embeddings) => linear.apply(head, embeddings as Tensor2D) };
      },
    };
  },
});
