import { addN, matMul } from "@tensorflow/tfjs-core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { MetabenchError } from "@metabench/core";
import type { Jacobian } from "./from-jacobian.ts";
import type { WeightingContext } from "./weighting.ts";

/** Inner products of the gradients of the tasks: `gramian[i][j]` = ⟨gᵢ, gⱼ⟩. */
export type Gramian = readonly (readonly number[])[];

/** Squares below the smallest normal number of single precision have lost digits, or are 0 although the gradient is not. */
const leastSquare = 2 ** -126;

/**
 * The Gramian J Jᵀ. A gradient whose squared length underflows single precision counts as 0, in its row and column alike: to divide by such a
 * square would make a weight of any size.
 *
 * @throws MetabenchError `not-finite` if an inner product overflows, or a gradient is not finite.
 */
export function gramianOf(
  jacobian: Jacobian,
  { title, tasks }: Pick<WeightingContext, "title" | "tasks">,
): Gramian {
  const products = addN(jacobian.map((piece) => matMul<Tensor2D>(piece, piece, false, true))).arraySync();
  for (const [i, row] of products.entries())
    for (const [j, product] of row.entries())
      if (!Number.isFinite(product))
        throw new MetabenchError(
          "not-finite",
          `${title} cannot weigh the gradients of tasks ${tasks[i] ?? ""} and ${tasks[j] ?? ""}: their inner product is ${String(product)} in single precision. Lower the learning rate, or choose a weighting on losses, such as equal.`,
        );
  const vanishes = products.map((row, task) => (row[task] ?? 0) < leastSquare);
  return products.map((row, i) => row.map((product, j) => (vanishes[i] || vanishes[j] ? 0 : product)));
}
