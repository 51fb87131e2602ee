import { ones, tensor1d, variable, zeros } from "@tensorflow/tfjs-core";
import type { Rank, Variable } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { named } from "../../nn/index.ts";
import { fromLosses, weightedSum } from "../from-losses.ts";
import { softmax } from "../softmax.ts";
import { defineWeighting } from "../weighting.ts";

/** Keeps the quotient of two losses of 0 at 1. */
const least = 1e-8;

/** T · softmax(r / temperature) with rᵢ = mean loss of the last epoch / mean loss of the one before. */
export function dynamicWeights(
  last: readonly number[],
  before: readonly number[],
  temperature: number,
): readonly number[] {
  const ratios = last.map((loss, task) => (loss + least) / ((before[task] ?? NaN) + least));
  return softmax(ratios.map((ratio) => ratio / temperature)).map((share) => share * last.length);
}

/**
 * Dynamic weight average: a task whose loss falls more slowly than that of others gets more weight, w = T · softmax(r / τ) for T tasks, with
 * rᵢ(e) = L̄ᵢ(e − 1) / L̄ᵢ(e − 2) from the mean losses of the last two epochs e. All weights are 1 in the first two epochs.
 *
 * Liu, Johns, Davison 2019, equation 7. https://arxiv.org/abs/1803.10704
 *
 * An epoch counts where an update was made in it: with batches larger than the training split, one update may be an epoch.
 */
export const dynamicWeightAverage = defineWeighting({
  id: "dynamic-weight-average",
  title: "dynamic weight average",
  reference: {
    title: "End-to-End Multi-Task Learning with Attention",
    authors: ["Shikun Liu", "Edward Johns", "Andrew J. Davison"],
    year: 2019,
    url: "https://arxiv.org/abs/1803.10704",
  },
  options: z.strictObject({
    temperature: z
      .number()
      .positive()
      .default(2)
      .describe("How even the weights are: the larger, the closer to equal weights."),
  }),
  create(context, { temperature }) {
    const history = lossHistory(context.tasks.length);
    return fromLosses(context, {
      state: named(history, "weighting."),
      combine(losses, { values, epoch }) {
        record(history, values, epoch, temperature);
        return weightedSum(losses, [...history.weights.dataSync()]);
      },
    });
  },
});

/** Variables, so that a resumed trial has the same history. */
type LossHistory = Readonly<Record<"weights" | "mean" | "sum" | "counts", Variable<Rank.R1>>>;

const lossHistory = (tasks: number): LossHistory => ({
  weights: variable(ones([tasks]), false),
  /** Mean losses of the last finished epoch. */
  mean: variable(zeros([tasks]), false),
  /** Sum of the losses of the running epoch. */
  sum: variable(zeros([tasks]), false),
  /** Number of the running epoch, updates in it, and epochs finished. */
  counts: variable(tensor1d([0, 0, 0], "int32"), false),
});

/** Adds the losses of an update. The first update of an epoch settles the weights for that epoch. */
function record(history: LossHistory, losses: readonly number[], epoch: number, temperature: number): void {
  const [sum, mean] = [[...history.sum.dataSync()], [...history.mean.dataSync()]];
  const [running = 0, updates = 0, finished = 0] = history.counts.dataSync();
  if (epoch === running || updates === 0) {
    history.sum.assign(tensor1d(sum.map((total, task) => total + (losses[task] ?? NaN))));
    history.counts.assign(tensor1d([epoch, updates + 1, finished], "int32"));
    return;
  }
  const last = sum.map((total) => total / updates);
  if (finished > 0) history.weights.assign(tensor1d([...dynamicWeights(last, mean, temperature)]));
  history.mean.assign(tensor1d(last));
  history.sum.assign(tensor1d([...losses]));
  history.counts.assign(tensor1d([epoch, 1, finished + 1], "int32"));
}
