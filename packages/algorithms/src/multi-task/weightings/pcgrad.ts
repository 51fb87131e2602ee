import type { Random } from "@metabench/core";
import { z } from "zod";
import { resumableRandom } from "../../resumable-random.ts";
import { fromGramian } from "../from-gramian.ts";
import type { Gramian } from "../gramian.ts";
import { defineWeighting } from "../weighting.ts";

/** Weights of the gradients in the sum of all projected gradients; each task meets the others in an order drawn anew. */
export function projected(gramian: Gramian, random: Random): readonly number[] {
  const total = gramian.map(() => 0);
  for (const task of gramian.keys()) {
    // The projected gradient as a combination of the original ones.
    const combination: number[] = gramian.map((_, other) => (other === task ? 1 : 0));
    for (const other of random.permutation(gramian.length)) {
      if (other === task) continue;
      const products = gramian[other] ?? [];
      const along = combination.reduce((sum, weight, index) => sum + weight * (products[index] ?? 0), 0);
      if (along < 0) combination[other] = (combination[other] ?? 0) - along / (products[other] ?? 0);
    }
    for (const [index, weight] of combination.entries()) total[index] = (total[index] ?? 0) + weight;
  }
  return total;
}

/**
 * PCGrad: each task's gradient loses its component along every other gradient that it conflicts with, in random order; the update is the
 * sum of what is left.
 *
 * Yu, Kumar, Gupta, Levine, Hausman, Finn 2020, algorithm 1. https://arxiv.org/abs/2001.06782
 */
export const pcgrad = defineWeighting({
  id: "pcgrad",
  title: "PCGrad",
  reference: {
    title: "Gradient Surgery for Multi-Task Learning",
    authors: [
      "Tianhe Yu",
      "Saurabh Kumar",
      "Abhishek Gupta",
      "Sergey Levine",
      "Karol Hausman",
      "Chelsea Finn",
    ],
    year: 2020,
    url: "https://arxiv.org/abs/2001.06782",
  },
  options: z.strictObject({}),
  create(context) {
    const { use, state } = resumableRandom(context.random);
    return fromGramian(context, {
      state,
      weights: (gramian) => use((random) => projected(gramian, random)),
    });
  },
});
