import { deltaM, deltaP, type ReferencedMetric } from "../metrics/index.ts";
import { significanceLevel } from "../ranking/index.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import { holm, mean } from "../statistics/index.ts";
import type { Difference } from "./estimate.ts";
import { differenceOf } from "./estimation.ts";
import type { Headline } from "./leaderboard.ts";
import { readResult } from "../record/readers/index.ts";
import type { BySeed, Items } from "./measurements.ts";
import type { MultiTaskTransfer } from "./transfer-schema.ts";

/** The headline on each example, by task and seed; empty where results have no tasks of their own. */
export function seedsByTask(records: readonly CompletedRecord[]): ReadonlyMap<string, BySeed> {
  const tasks = new Map<string, Map<number, Items>>();
  for (const record of records)
    for (const [task, items] of readResult(record).tasks())
      tasks.set(task, (tasks.get(task) ?? new Map<number, Items>()).set(record.spec.seed, items));
  return tasks;
}

/**
 * Negative transfer of a multi-task row, task by task, against training each task alone, in the metric of the headline.
 *
 * @returns null where the two rows do not have the same tasks
 */
export function multiTaskTransferOf(
  method: readonly CompletedRecord[],
  reference: readonly CompletedRecord[],
  name: string,
  headline: Pick<Headline, "name" | "direction">,
): MultiTaskTransfer | null {
  const alone = seedsByTask(reference);
  const together = [...seedsByTask(method)];
  const gaps: { task: string; gap: Difference }[] = [];
  const metrics: ReferencedMetric[] = [];
  for (const [task, ours] of together) {
    const theirs = alone.get(task);
    if (!theirs) return null;
    const gap = headline.direction === "higher" ? differenceOf(theirs, ours) : differenceOf(ours, theirs);
    gaps.push({ task, gap });
    const over = (seeds: BySeed) => mean([...seeds.values()].map(mean));
    metrics.push({
      name: `${headline.name} of ${task}`,
      value: over(ours),
      reference: over(theirs),
      direction: headline.direction,
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
