import { defineAlgorithm } from "@metabench/core";
import { scalar } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { crossEntropy, mixedLoss, named, variables } from "../nn/index.ts";
import { embedEpisode } from "./embedding/embed-episode.ts";
import { encoder } from "./embedding/encoder.ts";
import { episodicOptions, episodicTraining } from "./embedding/episodic-training.ts";
import { ridgeClassifier, type RidgeWeights } from "./embedding/ridge-classifier.ts";

/**
 * Ridge Regression Differentiable Discriminator: the head of a task is a ridge regression in closed form, and the embedding is learned
 * through it.
 *
 * Bertinetto, Henriques, Torr, Vedaldi 2019, section 3.2: W = Xᵀ (X Xᵀ + λ I)⁻¹ Y, logits α X′ W. https://arxiv.org/abs/1805.08136
 *
 * The published networks are wider, and their last two blocks are both features.
 */
export default defineAlgorithm({
  id: "r2d2",
  version: "1.0.0",
  title: "R2D2",
  summary:
    "Learns an embedding in which ridge regression on the support set, solved in closed form, classifies well.",
  reference: {
    title: "Meta-learning with differentiable closed-form solvers",
    authors: ["Luca Bertinetto", "João F. Henriques", "Philip H. S. Torr", "Andrea Vedaldi"],
    year: 2019,
    url: "https://arxiv.org/abs/1805.08136",
  },
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    ...episodicOptions({ rate: 0.005 }),
    ridge: z.number().positive().default(50).describe("Initial λ; it is learned."),
    scale: z.number().positive().default(10).describe("Initial α; it is learned."),
  }),
  /**
   * Ways and rate as published, queries those that fill a batch of the authors' code at one shot, where the rate halves every 2,000 episodes and the number of shots varies from one to the next. The authors'
   * code divides X and Y by the root of the number of support images, so that its λ of 50 is 50 times that number here (at one shot); it
   * keeps λ as it is, learns α and not its logarithm (on mini-ImageNet from 1e-4 on), and gives X a column of ones.
   */
  presets: {
    omniglot: { trainingWays: 60, trainingQueries: 9, rate: 0.005, ridge: 3000, scale: 10 },
    "cifar-fs": { trainingWays: 20, trainingQueries: 11, rate: 0.005, ridge: 1000, scale: 10 },
    "mini-imagenet": { trainingWays: 16, trainingQueries: 14, rate: 0.005, ridge: 800, scale: 10 },
  },
  create(context, { ridge, scale, ...options }) {
    const { body, state, embed, encode } = encoder(context.backbone, context);
    const head: RidgeWeights = variables({
      logRidge: scalar(Math.log(ridge)),
      logScale: scalar(Math.log(scale)),
    });
    const network = { body, head };
    const training = episodicTraining(network, context, options, (weights, episode) => {
      const { support, queries } = embedEpisode((images) => embed(weights.body, images), episode);
      const logits = ridgeClassifier(weights.head, support).predict(queries);
      return mixedLoss(episode.query, (labels) => crossEntropy(logits, labels));
    });
    return {
      ...training,
      parameters: named(network),
      state: { ...state, ...training.state },
      adaptsOn: "embeddings",
      adaptationSteps: 0,
      encode,
      *adapt(support) {
        yield ridgeClassifier(head, support);
      },
    };
  },
});
