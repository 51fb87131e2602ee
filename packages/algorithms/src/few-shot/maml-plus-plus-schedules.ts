/** The least rate, as a share of the first: 1e-5 of 1e-3 in the authors' settings. */
const floor = 0.01;

/** A factor on the meta-rate that falls from 1 to {@link floor} along half a cosine. Loshchilov, Hutter 2017, equation 5. https://arxiv.org/abs/1608.03983 */
export function cosineAnnealing(progress: number): number {
  return floor + ((1 - floor) * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
}

/** Losses before the last step keep this share of an equal weight until the annealing ends; the authors' code has it so. */
const least = 0.03;

/**
 * The weights of the query losses after each of `steps` steps; they sum to 1. Equal at `progress` 0, then ever more on the last; from 1 on,
 * it alone counts. Antoniou, Edwards, Storkey 2019, section 4, "Multi-Step Loss Optimization", with the authors' published schedule.
 * https://arxiv.org/abs/1810.09502
 */
export function multiStepImportance(progress: number, steps: number): readonly number[] {
  const before = progress < 1 ? Math.max(1 - progress, least) / steps : 0;
  return Array.from({ length: steps }, (_, at) => (at < steps - 1 ? before : 1 - (steps - 1) * before));
}
