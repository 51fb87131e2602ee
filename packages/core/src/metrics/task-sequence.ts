import { MetabenchError } from "../errors.ts";
import { improvement } from "./direction.ts";
import type { Direction } from "./direction.ts";

/** `[tasks][tasks]`: R[i][j] is the metric on task j after training on tasks 0…i. */
export type SequenceScores = readonly (readonly number[])[];

/** R[row][column], refused where the matrix is not square. */
function reader(scores: SequenceScores) {
  const uneven = scores.findIndex((row) => row.length !== scores.length);
  if (uneven >= 0)
    throw new MetabenchError(
      "invalid-usage",
      `A sequence of ${scores.length} tasks has ${scores[uneven]?.length} scores after task ${uneven}; measure every task after each.`,
    );
  return (row: number, column: number) => scores[row]?.[column] ?? Number.NaN;
}

/** Mean of `value(t)` over t = first … first + T − 2; null for fewer than two tasks. */
function meanOverPairs(tasks: number, first: number, value: (task: number) => number): number | null {
  if (tasks < 2) return null;
  let sum = 0;
  for (let t = first; t < first + tasks - 1; t += 1) sum += value(t);
  return sum / (tasks - 1);
}

/**
 * BWT = Σ over t < T of (R[T,t] − R[t,t]) / (T − 1): what later tasks did to earlier ones. Turned so that higher is
 * better in either direction of the metric. Null for fewer than two tasks. Lopez-Paz, Ranzato 2017, equation 3,
 * https://arxiv.org/abs/1706.08840
 *
 * @throws MetabenchError `invalid-usage` if the matrix is not square.
 */
export function backwardTransfer(scores: SequenceScores, direction: Direction): number | null {
  const r = reader(scores);
  const last = scores.length - 1;
  return meanOverPairs(scores.length, 0, (t) => improvement(r(last, t), r(t, t), direction));
}

/**
 * FWT = Σ over t ≥ 2 of (R[t−1,t] − b[t]) / (T − 1): what earlier tasks did for one not yet learnt, against the
 * untrained network's b. Higher is better in either direction of the metric. Null for fewer than two tasks. Lopez-Paz,
 * Ranzato 2017, equation 4.
 *
 * @throws MetabenchError `invalid-usage` if the matrix is not square or `untrained` has not one value a task.
 */
export function forwardTransfer(
  scores: SequenceScores,
  untrained: readonly number[],
  direction: Direction,
): number | null {
  const r = reader(scores);
  if (untrained.length !== scores.length)
    throw new MetabenchError(
      "invalid-usage",
      `There are ${untrained.length} untrained scores for ${scores.length} tasks; give one for each task.`,
    );
  return meanOverPairs(scores.length, 1, (t) =>
    improvement(r(t - 1, t), untrained[t] ?? Number.NaN, direction),
  );
}

/**
 * Mean over t < T of (best earlier R[l,t], l < T, minus R[T,t]): how far each task fell from its best. Lower is better
 * in either direction of the metric. Null for fewer than two tasks. Chaudhry et al. 2018, https://arxiv.org/abs/1801.10112
 *
 * @throws MetabenchError `invalid-usage` if the matrix is not square.
 */
export function forgetting(scores: SequenceScores, direction: Direction): number | null {
  const r = reader(scores);
  const last = scores.length - 1;
  return meanOverPairs(scores.length, 0, (t) => {
    const losses = Array.from({ length: last }, (_, l) => improvement(r(l, t), r(last, t), direction));
    return Math.max(...losses);
  });
}
