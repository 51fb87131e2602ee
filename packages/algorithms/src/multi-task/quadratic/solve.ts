/** The x with A x = b, by Gaussian elimination with partial pivoting; null if A is singular. */
export function solve(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): readonly number[] | null {
  const size = right.length;
  // Rows of A, each followed by its number of b.
  const rows = matrix.map((row, i) => Float64Array.from([...row, right[i] ?? NaN]));
  const at = (i: number, j: number): number => rows[i]?.[j] ?? NaN;
  for (let k = 0; k < size; k += 1) {
    let pivot = k;
    for (let i = k + 1; i < size; i += 1) if (Math.abs(at(i, k)) > Math.abs(at(pivot, k))) pivot = i;
    if (!(Math.abs(at(pivot, k)) > 0)) return null;
    [rows[k], rows[pivot]] = [rows[pivot] ?? new Float64Array(), rows[k] ?? new Float64Array()];
    for (const row of rows.slice(k + 1)) {
      const factor = (row[k] ?? NaN) / at(k, k);
      for (let j = k; j <= size; j += 1) row[j] = (row[j] ?? NaN) - factor * at(k, j);
    }
  }
  const solution = new Float64Array(size);
  for (let i = size - 1; i >= 0; i -= 1) {
    let left = at(i, size);
    for (let j = i + 1; j < size; j += 1) left -= at(i, j) * (solution[j] ?? NaN);
    solution[i] = left / at(i, i);
  }
  return [...solution];
}
