import { add, exp, mul, neg, stack, sum, zeros } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { fromLosses } from "../from-losses.ts";
import { defineWeighting } from "../weighting.ts";

/** s = log σ² of each task, `[tasks]`. */
type Uncertainty = { readonly logVariance: Tensor1D };

/** Σ ½ e^(−s) L + ½ s. */
export const underUncertainty = (losses: readonly Scalar[], { logVariance }: Uncertainty): Scalar =>
  mul(sum<Scalar>(add(mul(exp(neg(logVariance)), stack([...losses])), logVariance)), 0.5);

/**
 * Uncertainty: each loss divided by a variance learned along with the network, Σ ½ e^(−s) L + ½ s with s = log σ² from 0 on.
 *
 * Kendall, Gal, Cipolla 2018, equations 7 and 10, with s as in their section 3.2 and the ½ of a regression loss on every loss.
 * https://arxiv.org/abs/1705.07115
 */
export const uncertainty = defineWeighting({
  id: "uncertainty",
  title: "uncertainty",
  reference: {
    title: "Multi-Task Learning Using Uncertainty to Weigh Losses for Scene Geometry and Semantics",
    authors: ["Alex Kendall", "Yarin Gal", "Roberto Cipolla"],
    year: 2018,
    url: "https://arxiv.org/abs/1705.07115",
  },
  options: z.strictObject({}),
  create: (context) =>
    fromLosses<Uncertainty>(context, {
      learned: { logVariance: zeros([context.tasks.length]) },
      combine: (losses, { learned }) => underUncertainty(losses, learned),
    }),
});
