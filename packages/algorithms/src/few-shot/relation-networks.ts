import { defineAlgorithm, MetabenchError, type SupportSet } from "@metabench/core";
import {
  cast,
  oneHot,
  reshape,
  sigmoid,
  sum,
  zeros,
  type Tensor,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import { z } from "zod";
import { meanSquaredError, mixedLoss, named, variables } from "../nn/index.ts";
import { embedEpisode } from "./embedding/embed-episode.ts";
import { encoder } from "./embedding/encoder.ts";
import { episodicOptions, episodicTraining } from "./embedding/episodic-training.ts";
import { relationModule } from "./embedding/relation-module.ts";
import { runningStatistics } from "./embedding/running-statistics.ts";

/** A class's feature maps: the sum of those of its support images. Sung et al. 2018, section 3.2. */
const classMaps = ({ inputs, ways, shots }: SupportSet<Tensor>): Tensor4D =>
  sum(reshape(inputs, [ways, shots, ...inputs.shape.slice(1)]), 1);

/**
 * Relation Networks: how like a query is to a class, a network says that is learned together with the embedding.
 *
 * Sung, Yang, Zhang, Xiang, Torr, Hospedales 2018, equations 1 and 2: scores r = g(C(f(xᵢ), f(xⱼ))), squared error to 1 for the query's own
 * class and 0 for the others. https://arxiv.org/abs/1711.06025
 *
 * Predictions are the scores before the sigmoid, which keep their order where it saturates.
 */
export default defineAlgorithm({
  id: "relation-networks",
  version: "1.0.0",
  title: "Relation Networks",
  summary: "Learns an embedding and, with it, a network that scores how like two images are.",
  reference: {
    title: "Learning to Compare: Relation Network for Few-Shot Learning",
    authors: [
      "Flood Sung",
      "Yongxin Yang",
      "Li Zhang",
      "Tao Xiang",
      "Philip H. S. Torr",
      "Timothy M. Hospedales",
    ],
    year: 2018,
    url: "https://arxiv.org/abs/1711.06025",
  },
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    // The cost grows with the square of the ways.
    ...episodicOptions({ trainingWays: 10 }),
    hidden: z.int().positive().default(8).describe("Units of the relation module's first dense layer."),
  }),
  /** As published, where the rate halves every 100,000 of a million episodes. */
  presets: {
    "omniglot-5-way-1-shot": { trainingWays: 5, trainingQueries: 19, rate: 0.001, hidden: 8 },
    "omniglot-5-way-5-shot": { trainingWays: 5, trainingQueries: 15, rate: 0.001, hidden: 8 },
    "omniglot-20-way-1-shot": { trainingWays: 20, trainingQueries: 10, rate: 0.001, hidden: 8 },
    "omniglot-20-way-5-shot": { trainingWays: 20, trainingQueries: 5, rate: 0.001, hidden: 8 },
    "mini-imagenet-1-shot": { trainingWays: 5, trainingQueries: 15, rate: 0.001, hidden: 8 },
    "mini-imagenet-5-shot": { trainingWays: 5, trainingQueries: 10, rate: 0.001, hidden: 8 },
  },
  create(context, { hidden, ...options }) {
    const { backbone, random } = context;
    const { maps } = backbone;
    if (maps === undefined)
      throw new MetabenchError(
        "invalid-protocol",
        "Relation networks compare feature maps, which this backbone does not offer; choose conv4, or give the backbone `maps`.",
      );
    const { body, state, embed, encode } = encoder(
      { initialise: backbone.initialise, apply: maps.apply },
      context,
    );
    const relation = relationModule(maps.shape, hidden);
    const comparison = variables(relation.initialise(random.fork("relation")));
    const blank: Tensor4D = zeros([1, ...maps.shape]);
    const running = runningStatistics({ relation: relation.apply(comparison, blank, blank).statistics });
    const network = { body, relation: comparison };

    const training = episodicTraining(network, context, options, (weights, episode) => {
      const { support, queries } = embedEpisode((images) => embed(weights.body, images), episode);
      const scores = relation.apply(weights.relation, queries, classMaps(support));
      running.update({ relation: scores.statistics });
      const relations = sigmoid(scores.embedding);
      return mixedLoss(episode.query, (labels) =>
        meanSquaredError(relations, cast(oneHot(labels, support.ways), "float32")),
      );
    });
    return {
      ...training,
      parameters: named(network),
      state: { ...state, ...running.state, ...training.state },
      adaptsOn: "embeddings",
      adaptationSteps: 0,
      encode,
      *adapt(support) {
        const classes = classMaps(support);
        const { relation: averages } = running.average as {
          readonly relation: ReturnType<typeof relation.apply>["statistics"];
        };
        yield {
          predict: (queries) => relation.apply(comparison, queries as Tensor4D, classes, averages).embedding,
        };
      },
    };
  },
});
