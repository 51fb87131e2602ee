/** Draws the first predictor and leaves, as a loop does that breaks. */
export function leaveAfterFirst(predictors: Iterable<unknown>): void {
  const iterator = predictors[Symbol.iterator]();
  iterator.next();
  iterator.return?.();
}
