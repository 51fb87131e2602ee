import type { Tensor } from "@tensorflow/tfjs-core";
import { defineAlgorithm, type SupportSet } from "@metabench/core";
import { z } from "zod";
import { crossEntropy, mixedLoss } from "../nn/index.ts";
import { embedEpisode } from "./embedding/embed-episode.ts";
import { encoder } from "./embedding/encoder.ts";
import { episodicOptions, episodicTraining } from "./embedding/episodic-training.ts";
import { nearestMean, nearestMeanByAngle } from "./embedding/nearest-mean.ts";

/**
 * Prototypical Networks: a class is the mean of its support embeddings, an image belongs to the nearest one.
 *
 * Snell, Swersky, Zemel 2017, equations 1 and 2, algorithm 1. https://arxiv.org/abs/1703.05175
 *
 * The prototype of class k is c_k = (1/|S_k|) Σ f(xᵢ) over its support (equation 1), and p(y = k | x) ∝ exp(−‖f(x) − c_k‖²) (equation 2).
 */
export default defineAlgorithm({
  id: "prototypical-networks",
  version: "1.0.0",
  title: "Prototypical Networks",
  summary:
    "Learns an embedding in which the images of a class gather around their mean; classifies by the nearest mean.",
  reference: {
    title: "Prototypical Networks for Few-shot Learning",
    authors: ["Jake Snell", "Kevin Swersky", "Richard Zemel"],
    year: 2017,
    url: "https://arxiv.org/abs/1703.05175",
  },
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    // More ways than the test, as the paper advises.
    ...episodicOptions({ trainingWays: 40, trainingQueries: 2 }),
    cosineScale: z
      .number()
      .positive()
      .exactOptional()
      .describe(
        "Factor of the cosine similarity, which then replaces the squared distance; the paper compares both.",
      ),
  }),
  /** As published, where the rate halves every 2,000 episodes. */
  presets: {
    omniglot: { trainingWays: 60, trainingQueries: 5, rate: 0.001 },
    "mini-imagenet-1-shot": { trainingWays: 30, trainingQueries: 15, rate: 0.001 },
    "mini-imagenet-5-shot": { trainingWays: 20, trainingQueries: 15, rate: 0.001 },
  },
  label: ({ cosineScale }) => `Prototypical Networks${cosineScale === undefined ? "" : ", cosine"}`,
  create(context, { cosineScale, ...options }) {
    const classifier = (support: SupportSet<Tensor>) =>
      cosineScale === undefined ? nearestMean(support) : nearestMeanByAngle(support, cosineScale);
    const { body, parameters, state, embed, encode } = encoder(context.backbone, context);
    const training = episodicTraining(body, context, options, (weights, episode) => {
      const { support, queries } = embedEpisode((images) => embed(weights, images), episode);
      const logits = classifier(support).predict(queries);
      return mixedLoss(episode.query, (labels) => crossEntropy(logits, labels));
    });
    return {
      ...training,
      parameters,
      state: { ...state, ...training.state },
      adaptsOn: "embeddings",
      adaptationSteps: 0,
      encode,
      *adapt(support) {
        yield classifier(support);
      },
    };
  },
});
