import { defineAlgorithm, type Episode } from "@metabench/core";
import { concat, slice, zeros, type Scalar, type Tensor4D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { adam, crossEntropy, named, variables } from "../nn/index.ts";
import { nearestMean } from "./nearest-mean.ts";
import { runningStatistics } from "./running-statistics.ts";

/**
 * Prototypical Networks: a class is the mean of its support embeddings, an image belongs to the nearest one.
 *
 * Snell, Swersky, Zemel 2017, algorithm 1. https://arxiv.org/abs/1703.05175
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
  setting: "few-shot-classification",
  options: z.strictObject({
    /** Classes of a training episode; the paper's more-than-test ways. As many as the split has, at most. */
    trainingWays: z.int().min(2).default(40),
    /** Query images a class in a training episode: the fewer, the more classes the budget buys. */
    trainingQueries: z.int().min(1).default(2),
    rate: z.number().positive().default(0.001),
  }),
  create({ backbone, task, random, budget }, { trainingWays, trainingQueries, rate }) {
    const body = variables(backbone.initialise(random.fork("body")));
    // A blank image gives the form of the statistics; a hundred batches of training forget its values.
    const statistics = runningStatistics(backbone.apply(body, zeros([1, ...task.image])).statistics);
    const ways = Math.min(trainingWays, task.trainingClasses);
    const perUpdate = ways * (task.shots + trainingQueries);
    const halving = Math.ceil(budget.images / perUpdate / 5);
    const optimiser = adam(body, { rate, schedule: (step) => 0.5 ** Math.floor(step / halving) });

    const loss = ({ support, query }: Episode, weights: typeof body): Scalar => {
      const count = support.inputs.shape[0];
      const both = backbone.apply(weights, concat<Tensor4D>([support.inputs, query.inputs]));
      statistics.update(both.statistics);
      const supported = slice(both.embedding, [0, 0], [count, -1]);
      const asked = slice(both.embedding, [count, 0], [-1, -1]);
      return crossEntropy(nearestMean({ ...support, inputs: supported }).predict(asked), query.labels);
    };

    return {
      parameters: named(body, "body."),
      state: { ...statistics.state, ...optimiser.state },
      trainsOn: "episodes",
      episodes: { ways, shots: task.shots, queries: trainingQueries, perUpdate: 1 },
      train: ([episode]) => ({ loss: optimiser.minimise((weights) => loss(episode as Episode, weights)) }),
      adaptsOn: "embeddings",
      adaptationSteps: 0,
      encode: (images) => backbone.apply(body, images, statistics.average).embedding,
      *adapt(support) {
        yield nearestMean(support);
      },
    };
  },
});
