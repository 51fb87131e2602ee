import type { Episode, FewShotContext, FewShotLearner } from "@metabench/core";
import { add, div, mul, type Scalar } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { adam, iterate, linear, named, variables, type Weights } from "../../nn/index.ts";
import { singleTask, stackedTask, type InnerLoop } from "./inner-loop.ts";
import { stackedClassifier, stackedSet, type Network, type StackedNetwork } from "./stacked-classifier.ts";
import { stepPredictors } from "./step-predictors.ts";

/** Options that the methods which differentiate through adaptation share, with the defaults in which they differ. */
export const metaOptions = ({ innerSteps = 1, testSteps = 5 } = {}) => ({
  innerSteps: z.int().min(1).max(50).default(innerSteps).describe("Inner steps in training."),
  testSteps: z
    .int()
    .min(1)
    .max(100)
    .default(testSteps)
    .describe("Steps after which the headline is taken in testing."),
  metaRate: z
    .number()
    .positive()
    .default(0.002)
    .describe(
      "Adam's initial rate; it decreases to 0 over the budget, linearly unless the method states otherwise.",
    ),
  metaBatch: z.int().positive().default(4).describe("Tasks per update."),
  trainingQueries: z
    .int()
    .min(1)
    .default(5)
    .describe(
      "Query images per class of a training episode. Fewer queries let the budget pay for more tasks.",
    ),
  clipNorm: z
    .number()
    .positive()
    .nullable()
    .default(10)
    .describe("Meta-gradients longer than this are scaled down to it; null: no limit."),
});

/** 2 differentiates through the inner steps; 1 takes their gradients as constant (first-order MAML). */
export const order = z
  .literal([1, 2])
  .default(2)
  .describe(
    "2 differentiates through the inner steps; 1 treats their gradients as constant (first-order MAML).",
  );

/** Parsed {@link metaOptions}. */
export type MetaOptions = z.output<z.ZodObject<ReturnType<typeof metaOptions>>>;

/** How the outer loop goes about it. Each is a function of progress: 0 at the start of the budget, 1 at its end. */
export interface OuterLoop {
  readonly order: (progress: number) => 1 | 2;
  /** A factor on Adam's rate; falls in a straight line to 0 unless told. */
  readonly schedule?: (progress: number) => number;
  /** The weight of the query loss after each inner step; the last alone counts unless told. */
  readonly importance?: (progress: number) => readonly number[];
}

/** Random initial weights of a backbone with a linear head, by the streams `body` and `head`. */
export const initialNetwork = ({ backbone, task, random }: FewShotContext): Network => ({
  body: backbone.initialise(random.fork("body")),
  head: linear.initialise(random.fork("head"), backbone.features, task.ways),
});

/**
 * A learner of MAML's family: what adaptation depends on is learned by the gradient of the query loss after adaptation.
 *
 * Finn, Abbeel, Levine 2017, equation 1, algorithm 2. https://arxiv.org/abs/1703.03400
 *
 * Queries are normalised with the statistics of the support set under the adapted weights, in training as in testing, so that no query
 * sees another. (The paper normalises queries with their own batch, which is transductive; Bronskill et al. 2020 compare the two,
 * https://arxiv.org/abs/2003.03284.) The meta-rate falls to 0 at the end of the budget, and long meta-gradients are clipped; the paper has
 * neither.
 *
 * @param initial what is learned, as it starts: it becomes variables, which `innerLoop` is handed as `meta`
 */
export function metaLearner<M extends Weights>(
  { backbone, task, budget, training }: FewShotContext,
  { innerSteps, testSteps, metaRate, metaBatch, trainingQueries, clipNorm }: MetaOptions,
  initial: M,
  innerLoop: InnerLoop<M>,
  { order, schedule = (progress) => Math.max(0, 1 - progress), importance }: OuterLoop,
): FewShotLearner {
  const learned = variables(initial);
  const updates = budget.examples / (metaBatch * task.ways * (task.shots + trainingQueries));
  const optimiser = adam(learned, {
    rate: metaRate,
    ...(clipNorm !== null && { clipNorm }),
    schedule: (step) => schedule(step / updates),
    training,
    updates,
  });
  const lastAlone = Array.from({ length: innerSteps }, (_, at) => (at === innerSteps - 1 ? 1 : 0));
  const classifier = stackedClassifier(backbone);

  /** The mean over tasks of the query loss after each task's own inner steps, all tasks at once. */
  const outerLoss = (meta: M, episodes: readonly Episode[], progress: number): Scalar => {
    const support = stackedSet(episodes.map((episode) => episode.support));
    const query = stackedSet(episodes.map((episode) => episode.query));
    const size = { tasks: episodes.length, ways: task.ways, shots: task.shots };
    const stacked = stackedTask(classifier, support, size, order(progress));
    const { start, step, penalty } = innerLoop(meta, stacked);
    let adapted = start;
    let total: Scalar | undefined;
    for (const [at, weight] of (importance?.(progress) ?? lastAlone).entries()) {
      adapted = step(adapted, at);
      if (weight === 0) continue;
      const loss = classifier.loss(adapted, query, classifier.statistics(adapted, support));
      const weighted = weight === 1 ? loss : mul<Scalar>(loss, weight);
      total = total === undefined ? weighted : add(total, weighted);
    }
    if (total === undefined) throw new RangeError("No inner step's query loss has a weight; give one.");
    const mean = div<Scalar>(total, episodes.length);
    return penalty ? add(mean, penalty()) : mean;
  };

  return {
    parameters: named(learned),
    state: optimiser.state,
    trainsOn: "episodes",
    episodes: { ways: task.ways, shots: task.shots, queries: trainingQueries, perUpdate: metaBatch },
    train(episodes) {
      const progress = (optimiser.state["step"]?.dataSync()[0] ?? 0) / updates;
      return { loss: optimiser.minimise((meta) => outerLoss(meta, episodes, progress)) };
    },
    adaptsOn: "images",
    adaptationSteps: testSteps,
    *adapt(support) {
      const { start, step } = innerLoop(learned, singleTask(backbone, support));
      let at = 0;
      const steps = iterate<StackedNetwork>(start, (now) => step(now, at++));
      yield* stepPredictors(backbone, steps, support, testSteps);
    },
  };
}
