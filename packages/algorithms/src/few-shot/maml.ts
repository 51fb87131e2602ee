import { defineAlgorithm, type Episode, type LabelledSet, type Weights } from "@metabench/core";
import { div, slice, type Scalar, type Tensor4D } from "@tensorflow/tfjs-core";
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
import { stackedClassifier, stackedSet, type Network, type StackedNetwork } from "./stacked-classifier.ts";

/** The head without its outputs beyond `ways`: validation may have fewer classes than a test task. */
const narrowed = ({ kernel, bias }: LinearWeights, ways: number): LinearWeights => ({
  kernel: slice(kernel, [0, 0], [-1, ways]),
  bias: slice(bias, [0], [ways]),
});

/**
 * Model-Agnostic Meta-Learning: an initialisation from which a few gradient steps on the support set solve a new task.
 *
 * Finn, Abbeel, Levine 2017, algorithm 2. https://arxiv.org/abs/1703.03400
 *
 * Queries are normalised with the statistics of the support set under the adapted weights, in training as in testing, so that no query
 * sees another. (The paper normalises queries with their own batch, which is transductive; Bronskill et al. 2020 compare the two,
 * https://arxiv.org/abs/2003.03284.)
 */
export default defineAlgorithm({
  id: "maml",
  version: "1.1.0",
  title: "MAML",
  summary: "Learns initial weights from which a few gradient steps on the support set solve a new task.",
  reference: {
    title: "Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks",
    authors: ["Chelsea Finn", "Pieter Abbeel", "Sergey Levine"],
    year: 2017,
    url: "https://arxiv.org/abs/1703.03400",
  },
  setting: "few-shot-classification",
  options: z.strictObject({
    /** 2 differentiates through the inner steps; 1 takes their gradients as constant (first-order MAML). */
    order: z.literal([1, 2]).default(2),
    innerRate: z.number().positive().default(0.4),
    innerSteps: z.int().min(1).max(50).default(1),
    /** Steps after which the headline is taken in testing. */
    testSteps: z.int().min(1).max(100).default(5),
    /** Adam's rate at the start; it falls in a straight line to 0 at the end of the budget. */
    metaRate: z.number().positive().default(0.002),
    metaBatch: z.int().positive().default(4),
    /** Query images a class in a training episode: the fewer, the more tasks the budget buys. */
    trainingQueries: z.int().min(1).default(5),
    /** Meta-gradients longer than this are scaled down to it. */
    clipNorm: z.number().positive().default(10),
  }),
  label: ({ order }) => (order === 2 ? "MAML" : "MAML, first order"),
  create({ backbone, task, random, budget }, options) {
    const { order, innerRate, innerSteps, testSteps, metaRate, metaBatch, trainingQueries, clipNorm } =
      options;
    const initialisation = variables<Network>({
      body: backbone.initialise(random.fork("body")),
      head: linear.initialise(random.fork("head"), backbone.features, task.ways),
    });
    const updates = budget.images / (metaBatch * task.ways * (task.shots + trainingQueries));
    const schedule = (step: number) => Math.max(0, 1 - step / updates);
    const optimiser = adam(initialisation, { rate: metaRate, clipNorm, schedule });

    const logits = ({ body, head }: Network, images: Tensor4D, statistics?: Weights) =>
      linear.apply(head, backbone.apply(body, images, statistics).embedding);
    const innerStep = (weights: Network, { inputs, labels }: LabelledSet) =>
      descend(
        weights,
        gradient((w) => crossEntropy(logits(w, inputs), labels), weights),
        innerRate,
      );
    const stacked = stackedClassifier(backbone);
    /** The mean over tasks of the query loss after each task's own inner steps, all tasks at once. */
    const outerLoss = (weights: Network, episodes: readonly Episode[]): Scalar => {
      const support = stackedSet(episodes.map((episode) => episode.support));
      const query = stackedSet(episodes.map((episode) => episode.query));
      const supportLoss = (w: StackedNetwork) => stacked.loss(w, support);
      let adapted = stacked.repeat(weights, episodes.length);
      for (let step = 0; step < innerSteps; step += 1)
        adapted = descend(adapted, gradient(supportLoss, adapted, { order }), innerRate);
      return div(stacked.loss(adapted, query, stacked.statistics(adapted, support)), episodes.length);
    };

    return {
      parameters: named(initialisation),
      state: optimiser.state,
      trainsOn: "episodes",
      episodes: { ways: task.ways, shots: task.shots, queries: trainingQueries, perUpdate: metaBatch },
      train: (episodes) => ({
        loss: optimiser.minimise((weights) => outerLoss(weights, episodes)),
      }),
      adaptsOn: "images",
      adaptationSteps: testSteps,
      *adapt(support) {
        const { body, head } = initialisation;
        const initial =
          support.ways === task.ways ? initialisation : { body, head: narrowed(head, support.ways) };
        for (const weights of iterate<Network>(initial, (w) => innerStep(w, support))) {
          const { statistics } = backbone.apply(weights.body, support.inputs);
          yield { predict: (images) => logits(weights, images, statistics) };
        }
      },
    };
  },
});
