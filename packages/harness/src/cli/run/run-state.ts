import type { TrialRecord } from "@metabench/core";
import type { Plan, PlannedTrial, RunEvent, TrialPhase } from "../../execute/index.ts";
import { timeLeft } from "./time-left.ts";

/** A trial under way. */
export interface RunningTrial {
  readonly trial: PlannedTrial;
  /** Null before its first sign of progress. */
  readonly phase: TrialPhase | null;
  readonly fraction: number;
  readonly secondsLeft: number | null;
  readonly note: string | undefined;
}

/** How far a run has come. */
export interface RunState {
  readonly total: number;
  readonly waiting: ReadonlyMap<string, PlannedTrial>;
  readonly running: ReadonlyMap<string, RunningTrial>;
  readonly finished: readonly { readonly trial: PlannedTrial; readonly record: TrialRecord }[];
}

/** The state before anything runs. Trials that are done already are no part of it. */
export function initialState(plan: Plan): RunState {
  const open = plan.trials.filter((trial) => trial.state !== "done");
  return {
    total: open.length,
    waiting: new Map(open.map((trial) => [trial.identity, trial])),
    running: new Map(),
    finished: [],
  };
}

/** The state after an event. Events of unknown trials change nothing. */
export function advance(state: RunState, event: RunEvent): RunState {
  const waiting = new Map(state.waiting);
  const running = new Map(state.running);
  const trial = waiting.get(event.identity) ?? running.get(event.identity)?.trial;
  if (!trial) return state;
  waiting.delete(event.identity);
  if (event.type === "trial-finished") {
    running.delete(event.identity);
    return { ...state, waiting, running, finished: [...state.finished, { trial, record: event.record }] };
  }
  running.set(
    event.identity,
    event.type === "progress"
      ? {
          trial,
          phase: event.phase,
          fraction: event.fraction,
          secondsLeft: event.secondsLeft,
          note: event.note,
        }
      : { trial, phase: null, fraction: 0, secondsLeft: trial.estimateSeconds, note: undefined },
  );
  return { ...state, waiting, running };
}

/** Whether a trial has learned and been tested, and waits for the machine to itself to be timed. */
export function waitsForTiming({ phase, fraction }: RunningTrial): boolean {
  return phase === "testing" && fraction >= 1;
}

/** Seconds until the run ends; null while nothing is known. Timing is short, and counts as nothing. */
export function secondsLeft(state: RunState, jobs: number): number | null {
  const waiting = [...state.waiting.values()].map(({ estimateSeconds }) => ({ seconds: estimateSeconds }));
  const running = [...state.running.values()].flatMap((one) =>
    one.phase === "timing" || waitsForTiming(one) ? [] : [{ seconds: one.secondsLeft }],
  );
  return timeLeft([...running, ...waiting], jobs);
}
