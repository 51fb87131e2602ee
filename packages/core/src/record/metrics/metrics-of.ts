import type { Metric, TrialResult } from "../result.ts";
import { classificationMetrics, regressionMetrics } from "./few-shot.ts";
import { ownExamplesMetrics, sharedExamplesMetrics, type NumbersOf } from "./multi-task.ts";

const byKind: {
  readonly [K in TrialResult["kind"]]: (
    result: Extract<TrialResult, { kind: K }>,
    numbersOf: NumbersOf,
  ) => readonly Metric[];
} = {
  "few-shot-classification": classificationMetrics,
  "few-shot-regression": regressionMetrics,
  "multi-task": sharedExamplesMetrics,
  "multi-task-own-examples": ownExamplesMetrics,
};

/**
 * Computes every metric of a result from its stored answers. Scoring and the check of stored records both use it, so they agree.
 *
 * @param numbersOf how many numbers a task predicts for an example; asked only where tasks have examples of their own
 */
export function metricsOf<R extends TrialResult>(result: R, numbersOf: NumbersOf = () => 1): Metric[] {
  // The kind of the result chooses the function, which TypeScript cannot follow through the table.
  const compute = byKind[result.kind] as (result: R, numbersOf: NumbersOf) => readonly Metric[];
  return [...compute(result, numbersOf)];
}
