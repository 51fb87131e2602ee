import type { RegressionContext, RegressionLearner } from "@metabench/core";
import { z } from "zod";
import type { AdaptedTask, InnerLoop } from "../few-shot/inner-loop/inner-loop.ts";
import type { StackedNetwork } from "../few-shot/inner-loop/stacked-classifier.ts";
import { adam, iterate, meanSquaredError, named, variables, type Weights } from "../nn/index.ts";
import { functionNetwork, type FunctionWeights } from "./function-network.ts";
import { singleFunction, stackedFunctions } from "./function-task.ts";

/** Adam's rate in training. */
export const metaRate = z.number().positive().default(1e-3).describe("Adam's rate in training.");

/** Functions an update. */
export const metaBatch = z.int().min(1).default(25).describe("Functions per update.");

/** Meta-gradients longer than this are scaled down to it: for methods whose steps are long. */
export const clipNorm = z
  .number()
  .positive()
  .default(10)
  .describe("Meta-gradients longer than this are scaled down to it; useful for methods with long steps.");

/** Options that the methods which learn through adaptation share. */
export const metaOptions = {
  innerSteps: z.int().min(1).default(1).describe("Inner steps in training."),
  testSteps: z.int().min(1).default(10).describe("Inner steps at test."),
  metaRate,
  metaBatch,
};

/** Parsed {@link metaOptions}. */
type MetaOptions = z.output<z.ZodObject<typeof metaOptions>>;

/** Random initial weights of a backbone with a linear head. */
export const initialNetwork = ({ backbone, task, random }: RegressionContext): FunctionWeights =>
  functionNetwork(backbone, task.outputs).initialise(random);

/**
 * A regressor of MAML's family: what adaptation depends on is learned by the error on the query points after adaptation. The functions of
 * a meta-batch adapt together, each with weights of its own.
 *
 * Finn, Abbeel, Levine 2017, algorithm 2 and section 5.1. https://arxiv.org/abs/1703.03400
 *
 * @param initial what is learned, as it starts: it becomes variables, which `innerLoop` is handed as `meta`
 */
export function metaLearner<M extends Weights>(
  { backbone, task, budget, training }: RegressionContext,
  { innerSteps, testSteps, metaRate, metaBatch, clipNorm }: MetaOptions & { readonly clipNorm?: number },
  initial: M,
  innerLoop: InnerLoop<M, AdaptedTask>,
  order: 1 | 2,
): RegressionLearner {
  const network = functionNetwork(backbone, task.outputs);
  const learned = variables(initial);
  const optimiser = adam(learned, {
    rate: metaRate,
    ...(clipNorm === undefined ? {} : { clipNorm }),
    training,
    updates: budget.examples / (metaBatch * task.shots * 2),
  });
  return {
    parameters: named(learned),
    state: optimiser.state,
    trainsOn: "episodes",
    functionsPerUpdate: metaBatch,
    train: (support, query) => ({
      loss: optimiser.minimise((meta) => {
        const { start, step } = innerLoop(meta, stackedFunctions(backbone, support, order));
        let adapted = start;
        for (let at = 0; at < innerSteps; at += 1) adapted = step(adapted, at);
        return meanSquaredError(network.stacked.apply(adapted, query.inputs), query.targets);
      }),
    }),

    adaptationSteps: testSteps,
    *adapt(points) {
      const { start, step } = innerLoop(learned, singleFunction(backbone, points));
      let at = 0;
      for (const weights of iterate<StackedNetwork>(start, (now) => step(now, at++)))
        yield { predict: (queries) => network.apply(weights as FunctionWeights, queries) };
    },
  };
}
