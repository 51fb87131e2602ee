import { MetabenchError } from "../errors.ts";

/**
 * Scores of one method: `[seeds][items]`, an item being a frozen episode or a test example. Seeds and items are
 * crossed: column e is the same item in every row.
 */
export type ScoreMatrix = readonly ArrayLike<number>[];

/**
 * The numbers of seeds and items of a matrix.
 *
 * @throws MetabenchError `invalid-usage` if it is empty or its rows differ in length, `not-finite` if a score is not a finite number.
 */
export function matrixSize(matrix: ScoreMatrix): { readonly seeds: number; readonly items: number } {
  const items = matrix[0]?.length ?? 0;
  if (items === 0)
    throw new MetabenchError(
      "invalid-usage",
      "A matrix of scores is empty; give at least one seed with one score.",
    );
  for (const [seed, row] of matrix.entries()) {
    if (row.length !== items)
      throw new MetabenchError(
        "invalid-usage",
        `Seed ${seed} has ${row.length} scores and seed 0 has ${items}; give every seed the same episodes.`,
      );
    for (let item = 0; item < items; item += 1)
      if (!Number.isFinite(row[item]))
        throw new MetabenchError(
          "not-finite",
          `The score of seed ${seed} on item ${item} is ${row[item]}; a trial with such scores is invalid and must be left out.`,
        );
  }
  return { seeds: matrix.length, items };
}

/**
 * a − b, seed by seed and item by item.
 *
 * @throws MetabenchError `invalid-usage` if the two differ in size.
 */
export function differences(a: ScoreMatrix, b: ScoreMatrix): Float64Array[] {
  const sizeA = matrixSize(a);
  const sizeB = matrixSize(b);
  if (sizeA.seeds !== sizeB.seeds || sizeA.items !== sizeB.items)
    throw new MetabenchError(
      "invalid-usage",
      `Scores of ${sizeA.seeds} seeds × ${sizeA.items} items cannot be paired with ${sizeB.seeds} × ${sizeB.items}; compare methods on the same seeds and episodes.`,
    );
  return a.map((row, seed) => {
    const other = b[seed] ?? [];
    return Float64Array.from({ length: row.length }, (_, item) => (row[item] ?? 0) - (other[item] ?? 0));
  });
}
