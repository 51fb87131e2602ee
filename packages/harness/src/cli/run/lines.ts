import type { TrialRecord } from "@metabench/core";
import { score } from "../standings/numbers.ts";
import { duration } from "./durations.ts";
import { secondsLeft, type RunningTrial, type RunState } from "./run-state.ts";

/** "3 of 17 trials done, 2 running, about 4 min left". */
export function summaryLine(state: RunState, jobs: number): string {
  const left = secondsLeft(state, jobs);
  const time = left === null ? "time left not known yet" : `about ${duration(left)} left`;
  return `${String(state.finished.length)} of ${String(state.total)} trials done, ${String(state.running.size)} running, ${time}`;
}

/** "MAML · 5-way 1-shot · seed 0: training 40 %, about 30 s left". */
export function runningLine({ trial, phase, fraction, secondsLeft: left, note }: RunningTrial): string {
  const percent = `${String(Math.floor(Math.min(1, Math.max(0, fraction)) * 100))} %`;
  const parts = [
    phase === null ? "starting" : `${phase} ${percent}`,
    ...(left === null ? [] : [`about ${duration(left)} left`]),
    ...(note === undefined ? [] : [note]),
  ];
  return `${trial.label}: ${parts.join(", ")}`;
}

/** What came of a trial: its headline and what it cost, or why there is none. */
export function outcome(record: TrialRecord): string {
  if (record.status !== "completed") return `${record.status}: ${record.error.message}`;
  const headline = record.metrics[0];
  const time = duration(record.cost.trainingSeconds + record.cost.testSeconds);
  return headline ? `${headline.name} ${score(headline.value, headline.unit)}, ${time}` : time;
}
