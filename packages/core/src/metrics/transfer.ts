import { MetabenchError } from "../errors.ts";
import { improvement } from "./direction.ts";
import type { Direction } from "./direction.ts";

/** A metric of one task beside that of the single-task reference. */
export interface ReferencedMetric {
  readonly name: string;
  readonly value: number;
  readonly reference: number;
  readonly direction: Direction;
}

/**
 * Transfer gap NTG, in the metric's unit: **positive = negative transfer**, the method lost against learning the task
 * alone. Lower is better. For its interval take the paired difference of the two score matrices, turned the same way.
 */
export function negativeTransferGap(method: number, reference: number, direction: Direction): number {
  return improvement(reference, method, direction);
}

/** A relative change against references, in percent. */
export interface RelativeChange {
  readonly percent: number;
  /** Names of the metrics whose reference is so small that the ratio says little. */
  readonly smallReferences: readonly string[];
}

/** (M − B)/B · 100, turned so that an improvement is positive. */
const relativeGain = ({ value, reference, direction }: ReferencedMetric) =>
  (100 * improvement(value, reference, direction)) / reference;

const smallReferences = (metrics: readonly ReferencedMetric[], small: number) =>
  metrics.filter(({ reference }) => Math.abs(reference) < small).map(({ name }) => name);

/**
 * Δm in Nash-MTL's form: the mean over *all metrics* m of (−1)^δm (M_m − B_m)/B_m · 100, δ = 1 where higher is better.
 * Lower is better, and every metric weighs the same, however many a task has. Navon et al. 2022,
 * https://arxiv.org/abs/2202.01017, section 5. Null where there is no metric or some reference is 0.
 *
 * @param small references below this in size are named in the result
 */
export function deltaM(metrics: readonly ReferencedMetric[], small = 0.1): RelativeChange | null {
  if (metrics.length === 0 || metrics.some(({ reference }) => reference === 0)) return null;
  const gain = metrics.reduce((sum, metric) => sum + relativeGain(metric), 0) / metrics.length;
  return { percent: 0 - gain, smallReferences: smallReferences(metrics, small) };
}

/**
 * Δp in LibMTL's form: the mean over *tasks* of the mean over the task's metrics of the same ratio with the opposite
 * sign. Higher is better, and every task weighs the same. Lin, Zhang 2023, https://arxiv.org/abs/2203.14338. Null where
 * there is no task, a task has no metric, or some reference is 0.
 */
export function deltaP(tasks: readonly (readonly ReferencedMetric[])[], small = 0.1): RelativeChange | null {
  const all = tasks.flat();
  if (
    tasks.length === 0 ||
    tasks.some((task) => task.length === 0) ||
    all.some(({ reference }) => reference === 0)
  )
    return null;
  const ofTask = (task: readonly ReferencedMetric[]) =>
    task.reduce((sum, metric) => sum + relativeGain(metric), 0) / task.length;
  return {
    percent: tasks.reduce((sum, task) => sum + ofTask(task), 0) / tasks.length,
    smallReferences: smallReferences(all, small),
  };
}

/**
 * Share of test episodes in which the method did worse than the reference (from scratch on the same support set). Show
 * it beside its null level: the same share between two seeds of the reference.
 *
 * @throws MetabenchError `invalid-usage` without episodes, or if their numbers differ.
 */
export function episodesHarmed(
  method: ArrayLike<number>,
  reference: ArrayLike<number>,
  direction: Direction,
): number {
  if (method.length === 0 || method.length !== reference.length)
    throw new MetabenchError(
      "invalid-usage",
      `${method.length} episodes cannot be compared with ${reference.length}; give the same episodes of both, at least one.`,
    );
  let harmed = 0;
  for (let e = 0; e < method.length; e += 1)
    if (negativeTransferGap(method[e] ?? 0, reference[e] ?? 0, direction) > 0) harmed += 1;
  return harmed / method.length;
}
