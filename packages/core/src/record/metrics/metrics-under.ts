import { metricDefinitions } from "../../metrics/index.ts";
import type { Metric, TrialResult } from "../result.ts";
import type { Retested } from "../robustness.ts";
import { accuracyOfEpisodes } from "./few-shot.ts";
import { metricsOf } from "./metrics-of.ts";
import { accuracyOfTask, type NumbersOf } from "./multi-task.ts";

/** The metrics that are kept of a changed test. */
export const metricsKept: readonly string[] = [metricDefinitions.accuracy.name, metricDefinitions.f1.name];

/**
 * Computes the metrics of a changed test that its stored answers give: F1 only where they hold what it is made of.
 *
 * @param result of the plain test, of the same kind and the same tasks
 */
export function metricsUnder(
  retested: Exclude<Retested, { kind: "failed" }>,
  result: TrialResult,
  numbersOf?: NumbersOf,
): readonly Metric[] {
  if (retested.kind === "few-shot-classification" && result.kind === retested.kind)
    return [accuracyOfEpisodes(retested.correct, result.queriesPerEpisode)];
  if (retested.kind === "multi-task" && result.kind === retested.kind)
    return retested.tasks.map((task) => accuracyOfTask(task, result.examples));
  if (retested.kind === "multi-task-own-examples" && result.kind === retested.kind)
    return metricsOf({ ...result, tasks: retested.tasks }, numbersOf).filter(({ name }) =>
      metricsKept.includes(name),
    );
  return [];
}
