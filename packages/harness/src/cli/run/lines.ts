import { mean, type TrialRecord } from "@metabench/core";
import { score } from "../standings/numbers.ts";
import { duration } from "./durations.ts";
import {
  activities,
  activityOf,
  secondsLeft,
  waitsForTiming,
  type RunningTrial,
  type RunState,
} from "./run-state.ts";

/** "3 of 17 trials done, 1 training, 1 testing, 4 waiting to be timed, about 4 min left", and a line for each that is at work. */
export function statusLines(state: RunState, jobs: number): readonly string[] {
  const all = [...state.running.values()];
  const left = secondsLeft(state, jobs);
  const parts = [
    `${String(state.finished.length)} of ${String(state.total)} trials done`,
    ...activities.flatMap((activity) => {
      const count = all.filter((one) => activityOf(one, state) === activity).length;
      return count === 0 ? [] : [`${String(count)} ${activity}`];
    }),
    ...(state.finished.length === state.total ? [] : [timeText(left)]),
  ];
  const working = all.filter((one) => !waitsForTiming(one));
  return [parts.join(", "), ...working.map((one) => `  ${runningLine(one, state)}`)];
}

/** Where nothing is left but timing, whose length nobody foretells, it is short. */
function timeText(left: number | null): string {
  if (left === null) return "time left not known yet";
  return left === 0 ? "nearly done" : `about ${duration(left)} left`;
}

/** "MAML · 5-way 1-shot · seed 0: training 40 %, about 30 s left". */
function runningLine(one: RunningTrial, state: RunState): string {
  const { trial, phase, fraction, secondsLeft: left, note } = one;
  const percent = `${String(Math.floor(Math.min(1, Math.max(0, fraction)) * 100))} %`;
  const parts = [
    phase !== null && fraction > 0 ? `${phase} ${percent}` : activityOf(one, state),
    ...(left === null ? [] : [`about ${duration(left)} left`]),
    ...(note === undefined ? [] : [note]),
  ];
  return `${trial.label}: ${parts.join(", ")}`;
}

/** What came of a trial: its headline (in multi-task learning the mean over tasks) and what it cost, or why there is none. */
export function outcome(record: TrialRecord): string {
  if (record.status !== "completed") return `${record.status}: ${record.error.message}`;
  const [first] = record.metrics;
  const time = duration(record.cost.trainingSeconds + record.cost.testSeconds);
  if (!first) return time;
  // The first metric is of all tasks together where there is such a one.
  const values = first.task === null ? [first] : record.metrics.filter(({ name }) => name === first.name);
  const over = values.length === 1 ? "" : ` (mean of ${String(values.length)} tasks)`;
  return `${first.name} ${score(mean(values.map(({ value }) => value)), first.unit)}${over}, ${time}`;
}
