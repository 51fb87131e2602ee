import { add, eye, matMul, sub, tensor2d } from "@tensorflow/tfjs-core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { choleskyFactor, solveFactored } from "./cholesky.ts";
import { apart } from "./engine.ts";

/** The inverse of a matrix given row by row, from its Cholesky factor in double precision. */
function invert(values: ArrayLike<number>, n: number): Float32Array {
  const lower = choleskyFactor(values, n);
  const inverse = new Float32Array(n * n);
  for (let unit = 0; unit < n; unit += 1) {
    const column = new Float64Array(n);
    column[unit] = 1;
    solveFactored(lower, column);
    for (const [row, value] of column.entries()) inverse[row * n + unit] = value;
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
