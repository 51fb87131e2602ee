import type { TrialRecord } from "@metabench/core";
import { describe, expect, it } from "vitest";
import type { PlannedTrial, RunEvent, TrialPhase } from "../../execute/index.ts";
import { failedRecord } from "../../store/record.test-support.ts";
import { duration } from "./durations.ts";
import { statusLines } from "./lines.ts";
import { describePlan } from "./plan-text.ts";
import { advance, initialState } from "./run-state.ts";
import { timeLeft } from "./time-left.ts";

const record: TrialRecord = failedRecord(0);
const trial = (identity: string, rest: Partial<PlannedTrial> = {}): PlannedTrial => ({
  identity,
  spec: record.spec,
  label: `Trial ${identity}`,
  state: "new",
  addedAsReference: false,
  axes: {},
  estimateSeconds: 100,
  otherCode: [],
  estimateBasis: "default",
  ...rest,
});
const plan = {
  trials: [
    trial("a", { state: "done" }),
    trial("b", { addedAsReference: true }),
    trial("c", { state: "resumable" }),
    trial("d"),
  ],
};

describe("timeLeft", () => {
  // Arithmetic on paper.
  it("shares work between jobs, takes unknown trials for average ones, and waits for the longest", () => {
    const of = (...seconds: (number | null)[]) => seconds.map((one) => ({ seconds: one }));
    expect(timeLeft([], 2)).toBe(0);
    expect(timeLeft(of(null), 2)).toBeNull();
    expect(timeLeft(of(10, 20, 30), 1)).toBe(60);
    expect(timeLeft(of(10, 20, null), 1)).toBe(45);
    expect(timeLeft(of(10, 10, 100), 2)).toBe(100);
    expect(timeLeft(of(10), 8)).toBe(10);
  });
});

describe("duration", () => {
  it.each([
    [0.2, "1 s"],
    [89, "89 s"],
    [150, "3 min"],
    [89 * 60, "89 min"],
    [2 * 3600, "2 h"],
    [7800, "2 h 10 min"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe("a run as it is shown", () => {
  it("begins with the plan", () => {
    expect(describePlan(plan, 2).split("\n")).toEqual([
      "Plan: 4 trials, 1 done, 1 to be continued, 1 added as reference; about 3 min, 2 jobs at a time.",
      "  Trial b (reference, about 2 min)",
      "  Trial c (continues, about 2 min)",
      "  Trial d (about 2 min)",
      "Times are estimated from rough defaults, since no stored trial tells (3 trials).",
    ]);
  });

  it("follows events, and keeps those that wait for their timing apart", () => {
    const events: RunEvent[] = [
      { type: "trial-started", identity: "b" },
      { type: "trial-started", identity: "c" },
      {
        type: "progress",
        identity: "b",
        phase: "training",
        fraction: 0.25,
        secondsLeft: 40,
        note: "accuracy 91.0 %",
      },
      { type: "progress", identity: "c", phase: "testing", fraction: 1, secondsLeft: null },
      { type: "progress", identity: "unknown", phase: "testing", fraction: 1, secondsLeft: null },
    ];
    const state = events.reduce(advance, initialState(plan, 2));
    expect(statusLines(state, 1)).toEqual([
      "0 of 3 trials done, 1 training, 1 waiting to be timed, about 2 min left",
      "  Trial b: training 25 %, about 40 s left, accuracy 91.0 %",
    ]);
    const later = advance(state, { type: "trial-finished", identity: "c", record });
    expect(later.finished.map(({ trial: { identity } }) => identity)).toEqual(["c"]);
    expect(statusLines(later, 1)[0]).toBe("1 of 3 trials done, 1 training, about 2 min left");
  });

  it("says what estimates rest on", () => {
    const known = trial("e", { estimateBasis: "same-trial" });
    expect(describePlan({ trials: [known, trial("f"), trial("g")] }, 1)).toMatch(
      /estimated from stored trials of the same on this machine \(1 trial\); rough defaults.*\(2 trials\)\.$/,
    );
  });

  it("never shows more trials at work than there are jobs", () => {
    const started = (identity: string): RunEvent => ({ type: "trial-started", identity });
    const progress = (identity: string, phase: TrialPhase, fraction: number): RunEvent => ({
      type: "progress",
      identity,
      phase,
      fraction,
      secondsLeft: null,
    });
    const after = (events: readonly RunEvent[], jobs: number) =>
      statusLines(events.reduce(advance, initialState(plan, jobs)), jobs);
    // The outcome of b was stored by an earlier run, so b says nothing; c leaves its place after its last answers.
    const events = [started("b"), started("c"), progress("c", "testing", 0.9), started("d")];
    expect(after(events, 1)).toEqual([
      "0 of 3 trials done, 1 starting, 2 waiting to be timed, about 2 min left",
      "  Trial d: starting, about 2 min left",
    ]);
    const timing = [...events, progress("d", "testing", 1), progress("b", "timing", 0.5)];
    expect(after(timing, 1)).toEqual([
      "0 of 3 trials done, 1 timing, 2 waiting to be timed, nearly done",
      "  Trial b: timing 50 %",
    ]);
  });

  it("shows a trial that waits for its reference as waiting", () => {
    const reference = trial("b");
    const waiting = trial("c", { spec: { ...record.spec, reference: "b" } });
    const state = (["b", "c"] as const)
      .map((identity): RunEvent => ({ type: "trial-started", identity }))
      .reduce(advance, initialState({ trials: [reference, waiting] }, 2));
    expect(statusLines(state, 2)[0]).toMatch(/1 starting, 1 waiting for a reference/);
    const tested = advance(state, {
      type: "progress",
      identity: "b",
      phase: "testing",
      fraction: 1,
      secondsLeft: null,
    });
    expect(statusLines(tested, 2)[0]).toMatch(/1 starting, 1 waiting to be timed/);
  });
});
