import type { Schedule } from "@metabench/core";

/**
 * The factor on a learning rate at a share of the budget, 0 … 1. `cosine` is Loshchilov, Hutter 2017, equation 5, without restarts and down
 * to 0. https://arxiv.org/abs/1608.03983
 */
export const scheduleFactor: Readonly<Record<Schedule, (progress: number) => number>> = {
  constant: () => 1,
  linear: (progress) => Math.max(0, 1 - progress),
  cosine: (progress) => (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2,
  step: (progress) => 0.5 ** Math.min(4, Math.floor(5 * progress)),
};
