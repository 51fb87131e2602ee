import { add, exp, mul, neg, stack, sum, zeros } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import type { LossWeighting } from "../weighting.ts";

/** s = log σ² of each task, `[tasks]`. */
type Uncertainty = { readonly logVariance: Tensor1D };

/**
 * Uncertainty: each loss divided by a variance learned along with the network, Σ ½ e^(−s) L + ½ s with s = log σ² from 0 on.
 *
 * Kendall, Gal, Cipolla 2018, equations 7 and 10, with s as in their section 3.2 and the ½ of a regression loss on every loss.
 * https://arxiv.org/abs/1705.07115
 */
export const uncertainty: LossWeighting<Uncertainty> = {
  id: "uncertainty",
  title: "uncertainty",
  reference: {
    title: "Multi-Task Learning Using Uncertainty to Weigh Losses for Scene Geometry and Semantics",
    authors: ["Alex Kendall", "Yarin Gal", "Roberto Cipolla"],
    year: 2018,
    url: "https://arxiv.org/abs/1705.07115",
  },
  uses: "losses",
  initialise: (tasks) => ({ logVariance: zeros([tasks]) }),
  combine: (losses, { logVariance }) =>
    mul(sum<Scalar>(add(mul(exp(neg(logVariance)), stack([...losses])), logVariance)), 0.5),
};
