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
  /** Whether it has learned and been tested, and waits for the machine to itself to be timed. */
  readonly tested: boolean;
}

/** How far a run has come. */
export interface RunState {
  /** Trials that learn side by side, at most. */
  readonly jobs: number;
  readonly total: number;
  readonly waiting: ReadonlyMap<string, PlannedTrial>;
  readonly running: ReadonlyMap<string, RunningTrial>;
  readonly finished: readonly { readonly trial: PlannedTrial; readonly record: TrialRecord }[];
}

/** The state before anything runs. Trials that are done already are no part of it. */
export function initialState(plan: Plan, jobs: number): RunState {
  const open = plan.trials.filter((trial) => trial.state !== "done");
  return {
    jobs,
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
  if (event.type === "progress") {
    const { phase, fraction, secondsLeft: left, note } = event;
    const tested = phase === "testing" && fraction >= 1;
    running.set(event.identity, { trial, phase, fraction, secondsLeft: left, note, tested });
  } else {
    makeRoom(running, state.jobs);
    running.set(event.identity, {
      trial,
      phase: null,
      fraction: 0,
      secondsLeft: trial.estimateSeconds,
      note: undefined,
      tested: false,
    });
  }
  return { ...state, waiting, running };
}

/**
 * One trial starts where another has left its place. A trial whose outcome was stored by an earlier run leaves without a word; the one
 * that has said the least is taken for it.
 */
function makeRoom(running: Map<string, RunningTrial>, jobs: number): void {
  const learning = [...running.values()].filter((one) => !one.tested && one.phase !== "timing");
  if (learning.length < jobs) return;
  const gone = learning.find(({ phase }) => phase === null) ?? learning[0];
  if (gone) running.set(gone.trial.identity, { ...gone, tested: true });
}

/** What a trial that has started does, in the order in which the counts are told. */
export const activities = [
  "training",
  "testing",
  "timing",
  "starting",
  "waiting for a reference",
  "waiting to be timed",
] as const;

/** What a trial does now. One that needs its reference's result stands still until that has been tested. */
export function activityOf(one: RunningTrial, { running }: RunState): (typeof activities)[number] {
  if (waitsForTiming(one)) return "waiting to be timed";
  if (one.phase !== null) return one.phase;
  const { reference } = one.trial.spec;
  const needed = reference === null ? undefined : running.get(reference);
  return needed && !needed.tested && needed.phase !== "timing" ? "waiting for a reference" : "starting";
}

/** Whether a trial has learned and been tested, and waits for the machine to itself to be timed. */
export function waitsForTiming({ tested, phase }: RunningTrial): boolean {
  return tested && phase !== "timing";
}

/** Seconds until the run ends; null while nothing is known. Timing is short, and counts as nothing. */
export function secondsLeft(state: RunState, jobs: number): number | null {
  const waiting = [...state.waiting.values()].map(({ estimateSeconds }) => ({ seconds: estimateSeconds }));
  const running = [...state.running.values()].flatMap((one) =>
    one.phase === "timing" || waitsForTiming(one) ? [] : [{ seconds: one.secondsLeft }],
  );
  return timeLeft([...running, ...waiting], jobs);
}
