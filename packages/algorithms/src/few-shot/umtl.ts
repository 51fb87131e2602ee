import { defineAlgorithm, type Episode, type SupportSet } from "@metabench/core";
import { add, addN, concat, div, mul, slice, type Scalar, type Tensor2D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { adam, crossEntropy, descendEach, gradient, iterate, linear, named, variables } from "../nn/index.ts";
import { metaLearner, type LearningStrategy } from "./learning-strategy.ts";
import { metaOptions, order, predictor } from "./meta-learning.ts";
import { labelEmbeddings, taskEncoder } from "./task-encoder.ts";

/**
 * UMTL, unified multi-task learning, in its few-shot form: an episode is a task.
 *
 * The Task Encoder makes one embedding of a task's labelled support images, from which a decoder must find the mean features of its
 * classes again. The Meta-Learner lets the embeddings of all tasks present attend to each other, and generates each task's strategy: the
 * initial weights of its head, scale and shift of the trunk's layers, a step size for every layer. From there the task's own learner takes
 * gradient steps on the support set. Everything is trained together by the query loss after the steps plus the error of the decoder,
 * differentiating through the steps. In testing the Meta-Learner sees one task only.
 *
 * Queries are normalised with the statistics of the support set under the adapted weights, so that no query sees another.
 */
export default defineAlgorithm({
  id: "umtl",
  version: "1.0.0",
  title: "UMTL",
  summary:
    "Embeds the task, generates head, modulation of the trunk and step sizes from that, and takes a few gradient steps from there.",
  reference: null,
  setting: "few-shot-classification",
  options: z.strictObject({
    order,
    /** The step size of every layer before any is learned. */
    initialStep: z.number().positive().default(0.1),
    /** The weight of the decoder's error in the loss. */
    reconstruction: z.number().nonnegative().default(0.1),
    ...metaOptions(),
  }),
  create({ backbone, task, random, budget }, options) {
    const { innerSteps, testSteps, initialStep, reconstruction, metaBatch, trainingQueries } = options;
    const body = backbone.initialise(random.fork("body"));
    const network = variables({
      body,
      encoder: taskEncoder.initialise(random.fork("encoder"), backbone.features, task.ways),
      metaLearner: metaLearner.initialise(random.fork("meta-learner"), body, backbone.features),
    });
    type Network = typeof network;
    type Start = LearningStrategy<Network["body"]>["start"];
    const updates = budget.images / (metaBatch * task.ways * (task.shots + trainingQueries));
    const optimiser = adam(network, {
      rate: options.metaRate,
      clipNorm: options.clipNorm,
      schedule: (step) => Math.max(0, 1 - step / updates),
    });

    /** The strategies of all tasks present, and the mean error of their decoded class means. */
    const strategies = (weights: Network, supports: readonly SupportSet[]) => {
      const seen = supports.map((support) => {
        const { embedding } = backbone.apply(weights.body, support.inputs);
        const embedded = { ...support, inputs: embedding };
        return { embedded, task: taskEncoder.embed(weights.encoder, embedded) };
      });
      const contexts = metaLearner.contexts(weights.metaLearner, concat(seen.map((each) => each.task)));
      const errors = seen.map((each) =>
        taskEncoder.reconstructionError(weights.encoder, each.task, each.embedded),
      );
      return {
        error: div<Scalar>(addN(errors), errors.length),
        all: supports.map(({ ways }, at) => {
          const context: Tensor2D = slice(contexts, [at, 0], [1, -1]);
          const labels = labelEmbeddings(weights.encoder, ways);
          return metaLearner.strategy(weights.metaLearner, weights.body, context, labels, initialStep);
        }),
      };
    };

    const innerStep = (
      weights: Start,
      { inputs, labels }: SupportSet,
      { stepSizes }: Pick<LearningStrategy<Network["body"]>, "stepSizes">,
      seen: 1 | 2,
    ): Start => {
      const loss = (w: Start) =>
        crossEntropy(linear.apply(w.head, backbone.apply(w.body, inputs).embedding), labels);
      return descendEach(weights, gradient(loss, weights, { order: seen }), stepSizes);
    };

    const outerLoss = (weights: Network, episodes: readonly Episode[]): Scalar => {
      const { all, error } = strategies(
        weights,
        episodes.map(({ support }) => support),
      );
      const losses = episodes.flatMap(({ support, query }, at) => {
        const strategy = all[at];
        if (strategy === undefined) return [];
        let { start: adapted } = strategy;
        for (let step = 0; step < innerSteps; step += 1)
          adapted = innerStep(adapted, support, strategy, options.order);
        return [crossEntropy(predictor(backbone, adapted, support).predict(query.inputs), query.labels)];
      });
      return add(div(addN(losses), losses.length), mul(error, reconstruction));
    };

    return {
      parameters: named(network),
      state: optimiser.state,
      trainsOn: "episodes",
      episodes: { ways: task.ways, shots: task.shots, queries: trainingQueries, perUpdate: metaBatch },
      train: (episodes) => ({ loss: optimiser.minimise((weights) => outerLoss(weights, episodes)) }),
      adaptsOn: "images",
      adaptationSteps: testSteps,
      *adapt(support) {
        for (const strategy of strategies(network, [support]).all)
          for (const weights of iterate(strategy.start, (w) => innerStep(w, support, strategy, 1)))
            yield predictor(backbone, weights, support);
      },
    };
  },
});
