/**
 * Explained variance: 1 − Σ squared errors / Σ squared deviations from the training mean. 0 where nothing deviates.
 *
 * @param squaredError sum over the examples
 * @param squaredDeviation sum over the same examples
 */
export const explainedVariance = (squaredError: number, squaredDeviation: number): number =>
  squaredDeviation === 0 ? 0 : 1 - squaredError / squaredDeviation;
