import { tensor1d, variable, zeros } from "@tensorflow/tfjs-core";
import type { Tensor1D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { adam, named } from "../../nn/index.ts";
import { fromLosses, weightedSum } from "../from-losses.ts";
import { softmax } from "../softmax.ts";
import { defineWeighting, type LossChange } from "../weighting.ts";

/** Keeps logarithms and quotients of losses finite. */
const least = 1e-8;

/** T (zᵢ / Lᵢ) / Σ (z / L) with z = softmax(ξ): the weights whose Σ wᵢ ∇Lᵢ is along ∇ Σ zᵢ ln Lᵢ. */
export function famoWeights(losses: readonly number[], logits: readonly number[]): readonly number[] {
  const quotients = softmax(logits).map((share, task) => share / ((losses[task] ?? NaN) + least));
  const sum = quotients.reduce((total, each) => total + each, 0);
  return quotients.map((each) => (each / sum) * quotients.length);
}

/** δᵢ − Σ zⱼ δⱼ, times zᵢ, for δ = ln L − ln L′: softmax's Jacobian at ξ, transposed, times what each loss has gained. */
function gradientOfLogits({ before, now }: LossChange, logits: readonly number[]): number[] {
  const gains = before.map((loss, task) => Math.log(loss + least) - Math.log((now[task] ?? NaN) + least));
  const shares = softmax(logits);
  const mean = shares.reduce((sum, share, task) => sum + share * (gains[task] ?? NaN), 0);
  return shares.map((share, task) => share * ((gains[task] ?? NaN) - mean));
}

/**
 * FAMO, fast adaptive multitask optimisation: all losses shall fall at one rate, measured by ln L. Weights are
 * wᵢ ∝ softmax(ξ)ᵢ / Lᵢ; after each step the losses of the same batch say which fell least, and ξ moves towards those by Adam.
 *
 * Liu, Feng, Stone, Liu 2023, algorithm 1. https://arxiv.org/abs/2306.03792
 *
 * The least possible loss is taken to be 0, as it is for cross-entropy. Weights sum to the number of tasks, as for other weightings here.
 */
export const famo = defineWeighting({
  id: "famo",
  title: "FAMO",
  reference: {
    title: "FAMO: Fast Adaptive Multitask Optimization",
    authors: ["Bo Liu", "Yihao Feng", "Peter Stone", "Qiang Liu"],
    year: 2023,
    url: "https://arxiv.org/abs/2306.03792",
  },
  options: z.strictObject({
    rate: z.number().positive().default(0.025).describe("Learning rate of the logits of the weights."),
    decay: z
      .number()
      .nonnegative()
      .default(1e-3)
      .describe("How strongly each update draws the logits of the weights towards 0."),
  }),
  create(context, { rate, decay }) {
    const logits = variable(zeros([context.tasks.length]), false) as Tensor1D;
    const optimiser = adam(logits, { rate });
    const current = () => [...logits.dataSync()];
    return fromLosses(context, {
      state: named({ logits, optimiser: optimiser.state }, "weighting."),
      combine: (losses, { values }) => weightedSum(losses, famoWeights(values, current())),
      after(change) {
        const gradient = gradientOfLogits(change, current());
        optimiser.apply(tensor1d(current().map((logit, task) => (gradient[task] ?? NaN) + decay * logit)));
      },
    });
  },
});
