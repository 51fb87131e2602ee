import type { GramianWeighting } from "../weighting.ts";

/**
 * PCGrad: each task's gradient loses its component along every other gradient that it conflicts with, in random order; the update is the
 * sum of what is left.
 *
 * Yu, Kumar, Gupta, Levine, Hausman, Finn 2020, algorithm 1. https://arxiv.org/abs/2001.06782
 */
export const pcgrad: GramianWeighting = {
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
  uses: "gramian",
  weights(gramian, random) {
    const total = gramian.map(() => 0);
    for (const task of gramian.keys()) {
      // The projected gradient as a combination of the original ones.
      const projected: number[] = gramian.map((_, other) => (other === task ? 1 : 0));
      for (const other of random.permutation(gramian.length)) {
        if (other === task) continue;
        const products = gramian[other] ?? [];
        const along = projected.reduce((sum, weight, index) => sum + weight * (products[index] ?? 0), 0);
        if (along < 0) projected[other] = (projected[other] ?? 0) - along / (products[other] ?? 0);
      }
      for (const [index, weight] of projected.entries()) total[index] = (total[index] ?? 0) + weight;
    }
    return total;
  },
};
