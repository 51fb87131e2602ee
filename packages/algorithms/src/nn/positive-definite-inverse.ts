import { add, eye, matMul, sub, tensor2d } from "@tensorflow/tfjs-core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { MetabenchError } from "@metabench/core";
import { apart } from "./engine.ts";

/** The inverse of a matrix given row by row, from the Cholesky factor L of A = L Lᵀ, in double precision. */
function invert(values: ArrayLike<number>, n: number): Float32Array {
  const lower = new Float64Array(n * n);
  const at = (row: number, column: number): number => lower[row * n + column] ?? NaN;
  for (let row = 0; row < n; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let left = values[row * n + column] ?? NaN;
      for (let k = 0; k < column; k += 1) left -= at(row, k) * at(column, k);
      if (row === column && !(left > 0))
        throw new MetabenchError(
          "not-finite",
          `A ${String(n)}×${String(n)} matrix to invert is not positive definite (pivot ${String(row)} is ${String(left)}); lower the learning rate or add a larger ridge.`,
        );
      lower[row * n + column] = row === column ? Math.sqrt(left) : left / at(column, column);
    }
  const inverse = new Float32Array(n * n);
  const y = new Float64Array(n);
  for (let unit = 0; unit < n; unit += 1) {
    for (let row = 0; row < n; row += 1) {
      let left = row === unit ? 1 : 0;
      for (let k = 0; k < row; k += 1) left -= at(row, k) * (y[k] ?? NaN);
      y[row] = left / at(row, row);
    }
    for (let row = n - 1; row >= 0; row -= 1) {
      let left = y[row] ?? NaN;
      for (let k = row + 1; k < n; k += 1) left -= at(k, row) * (y[k] ?? NaN);
      y[row] = left / at(row, row);
      inverse[row * n + unit] = y[row] ?? NaN;
    }
  }
  return inverse;
}

/**
 * The inverse of a symmetric positive-definite matrix `[n, n]`, differentiable twice; for n up to a few hundred.
 *
 * tfjs has no linear solve. The values come from a Cholesky factorisation outside every tape. Two steps of Newton and Schulz,
 * X ← X (2I − A X), change nothing of an exact inverse, but carry its derivatives: each squares the residual I − A X, which is linear in a
 * change of A where X is held constant, so after two the result is right to the third order.
 *
 * Schulz 1933, Iterative Berechnung der reziproken Matrix. https://doi.org/10.1002/zamm.19330130111
 *
 * @throws MetabenchError `not-finite` if the matrix is not positive definite
 */
export function positiveDefiniteInverse(matrix: Tensor2D): Tensor2D {
  const [n] = matrix.shape;
  const identity = eye(n);
  const exact = apart(() => tensor2d(invert(matrix.dataSync(), n), [n, n]));
  let inverse = exact;
  for (let step = 0; step < 2; step += 1)
    inverse = matMul(inverse, sub(identity, sub(matMul(matrix, inverse), identity)));
  // An ill-conditioned matrix blurs the steps in single precision: their derivatives, but the exact values.
  const blurred = inverse;
  const correction = apart(() => sub(exact, blurred));
  return add(blurred, correction);
}
