import { MetabenchError } from "@metabench/core";
import type { TrainingOptions } from "@metabench/core";
import { scheduleFactor } from "./schedule.ts";

/** How fast to learn. */
export interface RateSchedule {
  /** The learning rate. */
  readonly rate: number;
  /** A factor on the rate for the update about to be made, counted from 0. */
  readonly schedule?: (update: number) => number;
  /** The trial's training options, `context.training`. Their schedule replaces the method's own. */
  readonly training?: Pick<TrainingOptions, "schedule">;
  /** Updates in the whole budget, over which a schedule of `training` runs. */
  readonly updates?: number;
}

/**
 * The rate of every update, counted from 0.
 *
 * @throws MetabenchError `invalid-options` for a schedule of `training` over an unknown number of updates.
 */
export function settleRate({ rate, schedule, training, updates }: RateSchedule): (update: number) => number {
  const asked = training?.schedule;
  if (asked === undefined) return (update) => rate * (schedule?.(update) ?? 1);
  if (updates === undefined)
    throw new MetabenchError(
      "invalid-options",
      `The method does not say how many updates the schedule "${asked}" covers. Give its optimiser \`updates\`, or leave --training schedule out.`,
    );
  return (update) => rate * scheduleFactor[asked](update / updates);
}
