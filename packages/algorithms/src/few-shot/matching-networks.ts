import { defineAlgorithm, type SupportSet } from "@metabench/core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { crossEntropy, mixedLoss, named, variables } from "../nn/index.ts";
import { cosineAttention, cosineAttentionWeights } from "./embedding/cosine-attention.ts";
import { embedEpisode } from "./embedding/embed-episode.ts";
import { encoder } from "./embedding/encoder.ts";
import { episodicOptions, episodicTraining } from "./embedding/episodic-training.ts";
import { fullContextEmbedding, type FullContextWeights } from "./embedding/full-context-embedding.ts";

/**
 * Matching Networks: the label of an image is the mean of the support labels, weighted by attention over cosine similarities.
 *
 * Vinyals, Blundell, Lillicrap, Kavukcuoglu, Wierstra 2016, equation 1; with full context embeddings, equations 3 to 6.
 * https://arxiv.org/abs/1606.04080
 *
 * The paper takes the cosines as they are (`scale` 1) and trains on episodes of the test's ways; a probability is then at most e² times
 * another, which says little where there are many ways. Chen et al. 2019 multiply by 100.
 */
export default defineAlgorithm({
  id: "matching-networks",
  version: "1.0.0",
  title: "Matching Networks",
  summary:
    "Learns an embedding in which a query attends to the support images of its class, by cosine similarity.",
  reference: {
    title: "Matching Networks for One Shot Learning",
    authors: ["Oriol Vinyals", "Charles Blundell", "Timothy Lillicrap", "Koray Kavukcuoglu", "Daan Wierstra"],
    year: 2016,
    url: "https://arxiv.org/abs/1606.04080",
  },
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    ...episodicOptions(),
    scale: z.number().positive().default(10).describe("Factor of the cosines before the softmax."),
    fullContext: z
      .boolean()
      .default(false)
      .describe("Embed the support set and the queries in the context of the support set."),
    readingSteps: z
      .int()
      .min(1)
      .max(50)
      .default(5)
      .describe("How often a query reads the support set, with full context embeddings."),
  }),
  /**
   * That of the re-run by Chen et al. 2019 at one shot, with Adam; the paper gives none that is whole. There the query reads the support set
   * as often as that has images, and negative cosines count as 0.
   */
  presets: {
    "mini-imagenet": {
      trainingWays: 5,
      trainingQueries: 16,
      rate: 0.001,
      scale: 100,
      fullContext: true,
      readingSteps: 5,
    },
  },
  label: ({ fullContext }) => (fullContext ? "Matching Networks, full context" : "Matching Networks"),
  create(context, { scale, fullContext, readingSteps, ...options }) {
    const { backbone, random } = context;
    const { body, state, embed, encode } = encoder(backbone, context);
    const contextual: FullContextWeights | undefined = fullContext
      ? variables(fullContextEmbedding.initialise(random.fork("context"), backbone.features))
      : undefined;
    const network = { body, ...(contextual && { context: contextual }) };

    /** Predicts from embeddings, which `weights` put into context. */
    const matching = (support: SupportSet<Tensor>, weights: FullContextWeights | undefined) => {
      const inputs = weights && fullContextEmbedding.support(weights, support.inputs as Tensor2D);
      const seen = inputs ? { ...support, inputs } : support;
      const read = (queries: Tensor) =>
        weights && inputs
          ? fullContextEmbedding.queries(weights, queries as Tensor2D, inputs, readingSteps)
          : (queries as Tensor2D);
      return {
        predict: (queries: Tensor) => cosineAttention(seen, read(queries), scale),
        attention: (queries: Tensor) => cosineAttentionWeights(seen, read(queries), scale),
      };
    };

    const training = episodicTraining(network, context, options, (weights, episode) => {
      const { support, queries } = embedEpisode((images) => embed(weights.body, images), episode);
      const logits = matching(support, weights.context).predict(queries);
      return mixedLoss(episode.query, (labels) => crossEntropy(logits, labels));
    });
    return {
      ...training,
      parameters: named(network),
      state: { ...state, ...training.state },
      adaptsOn: "embeddings",
      // A support set in context is read in its order (appendix A.2).
      ...(fullContext && { dependsOn: ["support-order"] as const }),
      adaptationSteps: 0,
      encode,
      *adapt(support) {
        yield matching(support, contextual);
      },
    };
  },
});
