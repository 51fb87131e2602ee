import { MetabenchError } from "../errors.ts";
import { halfWidth, studentInterval, wilsonInterval } from "./interval.ts";
import type { Interval, VarianceComponents } from "./interval.ts";
import { matrixSize } from "./matrix.ts";
import type { ScoreMatrix } from "./matrix.ts";
import { mean, sumOfSquares } from "./mean.ts";

/** The two-way analysis of variance, one score a cell, of at least two seeds and two items. */
export interface CrossedAnalysis {
  readonly mean: number;
  readonly meanSquares: VarianceComponents;
  readonly components: VarianceComponents;
  /** Variance of the mean. */
  readonly variance: number;
  readonly degreesOfFreedom: number;
}

function rowAndColumnMeans(matrix: ScoreMatrix, items: number) {
  const columns = new Float64Array(items);
  for (const row of matrix) for (let e = 0; e < items; e += 1) columns[e] = (columns[e] ?? 0) + (row[e] ?? 0);
  for (let e = 0; e < items; e += 1) columns[e] = (columns[e] ?? 0) / matrix.length;
  return { rows: matrix.map(mean), columns };
}

/**
 * Two-way random effects for seeds × items: Var = (MS_seed + MS_item − MS_residual) / (S·E), at least
 * max(MS_seed, MS_item) / (S·E), with Satterthwaite's degrees of freedom, at least S − 1.
 *
 * Seeds and items are crossed, so the mean's variance is σ²_seed/S + σ²_item/E + σ²_residual/(S·E), which the
 * expected mean squares give in this form. Satterthwaite 1946, https://doi.org/10.2307/3002019: the numerator squared
 * over Σ MS²/df. Where the lower bound holds instead, it is one mean square and has that mean square's own degrees.
 *
 * @throws MetabenchError as {@link matrixSize}; `invalid-usage` for fewer than two seeds or two items.
 */
export function crossedAnalysis(matrix: ScoreMatrix): CrossedAnalysis {
  const { seeds, items } = matrixSize(matrix);
  if (seeds < 2 || items < 2)
    throw new MetabenchError(
      "invalid-usage",
      `Variance parts of ${seeds} seeds × ${items} items are not defined; give at least two of both.`,
    );
  const { rows, columns } = rowAndColumnMeans(matrix, items);
  const grand = mean(rows);
  let residualSum = 0;
  for (const [s, row] of matrix.entries()) {
    const shift = (rows[s] ?? 0) - grand;
    for (let e = 0; e < items; e += 1) residualSum += ((row[e] ?? 0) - (columns[e] ?? 0) - shift) ** 2;
  }
  const degrees = { seed: seeds - 1, item: items - 1, residual: (seeds - 1) * (items - 1) };
  const squares = {
    seed: (items * sumOfSquares(rows, grand)) / degrees.seed,
    item: (seeds * sumOfSquares(columns, grand)) / degrees.item,
    residual: residualSum / degrees.residual,
  };
  const sum = squares.seed + squares.item - squares.residual;
  const bound = Math.max(squares.seed, squares.item);
  const spread =
    squares.seed ** 2 / degrees.seed +
    squares.item ** 2 / degrees.item +
    squares.residual ** 2 / degrees.residual;
  const satterthwaite = spread === 0 ? degrees.seed : sum ** 2 / spread;
  const ofBound = squares.seed >= squares.item ? degrees.seed : degrees.item;
  return {
    mean: grand,
    meanSquares: squares,
    components: {
      seed: Math.max(0, squares.seed - squares.residual) / items,
      item: Math.max(0, squares.item - squares.residual) / seeds,
      residual: squares.residual,
    },
    variance: Math.max(sum, bound) / (seeds * items),
    degreesOfFreedom: Math.max(degrees.seed, sum >= bound ? satterthwaite : ofBound),
  };
}

/**
 * Mean over seeds and items ± 95 %, covering both other seeds and other items, by {@link crossedAnalysis}. With one
 * seed, Student's t over items, noted "episode noise only"; with one item, over seeds.
 *
 * @throws MetabenchError as {@link matrixSize}; `invalid-usage` for a single score.
 */
export function crossedInterval(matrix: ScoreMatrix): Interval {
  const { seeds, items } = matrixSize(matrix);
  const [only] = matrix;
  if (seeds === 1 && only) return studentInterval(only, "episode noise only");
  if (items === 1)
    return studentInterval(
      matrix.map((row) => row[0] ?? 0),
      "seed noise only",
    );
  const analysis = crossedAnalysis(matrix);
  const standardError = Math.sqrt(analysis.variance);
  const half = halfWidth(standardError, analysis.degreesOfFreedom);
  return {
    mean: analysis.mean,
    low: analysis.mean - half,
    high: analysis.mean + half,
    level: 0.95,
    method: "two-way random effects",
    standardError,
    degreesOfFreedom: analysis.degreesOfFreedom,
    components: analysis.components,
  };
}

/**
 * The interval of an accuracy: {@link crossedInterval}, or, where every score is 0 or every score is 1 and so nothing
 * varies, Wilson's with n = number of items (not of seeds × items: every seed meets the same ones), which covers other items and
 * not, however many seeds agree, other seeds. It ends at 0 and at 1, beyond which no
 * accuracy lies: what few items leave open is no wider.
 *
 * @throws MetabenchError as {@link matrixSize}.
 */
export function accuracyInterval(matrix: ScoreMatrix): Interval {
  const { items } = matrixSize(matrix);
  const score = matrix[0]?.[0] ?? 0;
  const constant = matrix.every((row) => Array.prototype.every.call(row, (value) => value === score));
  if (constant && (score === 0 || score === 1))
    return wilsonInterval(score * items, items, "episode noise only");
  const interval = crossedInterval(matrix);
  return { ...interval, low: Math.max(0, interval.low), high: Math.min(1, interval.high) };
}
