import { MetabenchError } from "@metabench/core";
import { z } from "zod";
import { fromLosses, weightedSum } from "../from-losses.ts";
import { defineWeighting } from "../weighting.ts";

/**
 * Static weights: Σ wᵢ Lᵢ with weights that stay as they are given. Equal weights are all 1.
 *
 * A grid of them shows whether tuned weights do as well as a method: Xin, Ghorbani, Gilmer, Garg, Firat 2022. https://arxiv.org/abs/2209.11379
 */
export const staticWeights = defineWeighting({
  id: "static",
  title: "static weights",
  reference: null,
  options: z.strictObject({
    weights: z
      .record(z.string(), z.number().nonnegative(), {
        error:
          "expected a weight of at least 0 for each task, such as --set weightingOptions.weights.left=0.7",
      })
      .describe("A weight of at least 0 for each task by its id; equal weights are all 1."),
  }),
  create(context, { weights }) {
    const { tasks } = context;
    const missing = tasks.filter((task) => weights[task] === undefined);
    const unknown = Object.keys(weights).filter((task) => !tasks.includes(task));
    if (missing.length > 0 || unknown.length > 0)
      throw new MetabenchError(
        "invalid-options",
        `Static weights are given for the tasks ${Object.keys(weights).join(", ") || "(none)"}, and the tasks are ${tasks.join(", ")}. Give each of these one weight.`,
      );
    const inOrder = tasks.map((task) => weights[task] ?? NaN);
    if (inOrder.every((weight) => weight === 0))
      throw new MetabenchError(
        "invalid-options",
        "All static weights are 0, so nothing would be learned. Give at least one task a larger weight.",
      );
    return fromLosses(context, { combine: (losses) => weightedSum(losses, inOrder) });
  },
});
