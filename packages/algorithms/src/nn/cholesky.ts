import { MetabenchError } from "@metabench/core";

/**
 * The lower factor L of a symmetric positive-definite matrix A = L Lᵀ, in double precision.
 *
 * @param matrix A, `[n, n]` row by row; what stands above the diagonal is not read
 * @returns L, `[n, n]` row by row, with zeros above the diagonal
 * @throws MetabenchError `not-finite` if the matrix is not positive definite
 */
export function choleskyFactor(matrix: ArrayLike<number>, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  const at = (row: number, column: number): number => lower[row * n + column] ?? NaN;
  for (let row = 0; row < n; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let left = matrix[row * n + column] ?? NaN;
      for (let k = 0; k < column; k += 1) left -= at(row, k) * at(column, k);
      if (row === column && !(left > 0))
        throw new MetabenchError(
          "not-finite",
          `A ${String(n)}×${String(n)} matrix to invert is not positive definite (pivot ${String(row)} is ${String(left)}); lower the learning rate or add a larger ridge.`,
        );
      lower[row * n + column] = row === column ? Math.sqrt(left) : left / at(column, column);
    }
  return lower;
}

/**
 * Solves L Lᵀ x = b for a factor of {@link choleskyFactor}.
 *
 * @param vector b, `[n]`, which is replaced by x
 */
export function solveFactored(lower: Float64Array, vector: Float64Array): void {
  const n = vector.length;
  const at = (row: number, column: number): number => lower[row * n + column] ?? NaN;
  for (let row = 0; row < n; row += 1) {
    let left = vector[row] ?? NaN;
    for (let k = 0; k < row; k += 1) left -= at(row, k) * (vector[k] ?? NaN);
    vector[row] = left / at(row, row);
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    let left = vector[row] ?? NaN;
    for (let k = row + 1; k < n; k += 1) left -= at(k, row) * (vector[k] ?? NaN);
    vector[row] = left / at(row, row);
  }
}
