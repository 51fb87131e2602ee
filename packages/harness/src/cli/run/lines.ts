import { mean, type TrialRecord } from "@metabench/core";
import { score } from "../standings/numbers.ts";
import { duration } from "./durations.ts";
import { secondsLeft, waitsForTiming, type RunningTrial, type RunState } from "./run-state.ts";

/** "3 of 17 trials done, 2 running, 4 to be timed, about 4 min left", and a line for each that runs. */
export function statusLines(state: RunState, jobs: number): readonly string[] {
  const all = [...state.running.values()];
  const running = all.filter((one) => !waitsForTiming(one));
  const left = secondsLeft(state, jobs);
  const parts = [
    `${String(state.finished.length)} of ${String(state.total)} trials done`,
    ...(running.length === 0 ? [] : [`${String(running.length)} running`]),
    ...(running.length === all.length ? [] : [`${String(all.length - running.length)} to be timed`]),
    ...(state.finished.length === state.total ? [] : [timeText(left)]),
  ];
  return [parts.join(", "), ...running.map((one) => `  ${runningLine(one)}`)];
}

/** Where nothing is left but timing, whose length nobody foretells, it is short. */
function timeText(left: number | null): string {
  if (left === null) return "time left not known yet";
  return left === 0 ? "nearly done" : `about ${duration(left)} left`;
}

/** "MAML · 5-way 1-shot · seed 0: training 40 %, about 30 s left". */
function runningLine({ trial, phase, fraction, secondsLeft: left, note }: RunningTrial): string {
  const percent = `${String(Math.floor(Math.min(1, Math.max(0, fraction)) * 100))} %`;
  const parts = [
    phase === null ? "starting" : fraction > 0 ? `${phase} ${percent}` : phase,
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
  const values = record.metrics.filter(({ name }) => name === first.name).map(({ value }) => value);
  const over = values.length === 1 ? "" : ` (mean of ${String(values.length)} tasks)`;
  return `${first.name} ${score(mean(values), first.unit)}${over}, ${time}`;
}
