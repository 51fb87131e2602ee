import { deltaM, deltaP, type ReferencedMetric } from "../metrics/index.ts";
import { significanceLevel } from "../ranking/index.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import { holm, mean } from "../statistics/index.ts";
import type { Difference } from "./estimate.ts";
import { differenceOf } from "./estimation.ts";
import { correctnessByTask, type BySeed, type Items } from "./measurements.ts";
import type { MultiTaskTransfer } from "./transfer-schema.ts";

/** Correctness of each example, by task and seed. */
export function seedsByTask(records: readonly CompletedRecord[]): ReadonlyMap<string, BySeed> {
  const tasks = new Map<string, Map<number, Items>>();
  for (const { result, spec } of records)
    if (result.kind === "multi-task")
      for (const [task, items] of correctnessByTask(result))
        tasks.set(task, (tasks.get(task) ?? new Map<number, Items>()).set(spec.seed, items));
  return tasks;
}

/**
 * Negative transfer of a multi-task row, task by task, against training each task alone; accuracy is each task's metric.
 *
 * @returns null where the two rows do not have the same tasks
 */
export function multiTaskTransferOf(
  method: readonly CompletedRecord[],
  reference: readonly CompletedRecord[],
  name: string,
): MultiTaskTransfer | null {
  const alone = seedsByTask(reference);
  const together = [...seedsByTask(method)];
  const gaps: { task: string; gap: Difference }[] = [];
  const metrics: ReferencedMetric[] = [];
  for (const [task, ours] of together) {
    const theirs = alone.get(task);
    if (!theirs) return null;
    gaps.push({ task, gap: differenceOf(theirs, ours) });
    const over = (seeds: BySeed) => mean([...seeds.values()].map(mean));
    metrics.push({
      name: `accuracy of ${task}`,
      value: over(ours),
      reference: over(theirs),
      direction: "higher",
    });
  }
  if (together.length !== alone.size) return null;
  const adjusted = holm(gaps.map(({ gap }) => gap.p));
  const verdict = gaps.every(({ gap }) => gap.basis === "seeds and episodes");
  const tasks = gaps.map(({ task, gap }, i) => {
    const pHolm = adjusted[i] ?? 1;
    return { task, gap, pHolm, harmed: verdict ? gap.difference > 0 && pHolm < significanceLevel : null };
  });
  return {
    kind: "multi-task",
    reference: name,
    tasks,
    deltaM: deltaM(metrics),
    deltaP: deltaP(metrics.map((metric) => [metric])),
    tasksHarmed: verdict ? tasks.filter(({ harmed }) => harmed).length : null,
  };
}
