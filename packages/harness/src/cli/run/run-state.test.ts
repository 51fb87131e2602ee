import type { TrialRecord } from "@metabench/core";
import { describe, expect, it } from "vitest";
import type { PlannedTrial, RunEvent } from "../../execute/index.ts";
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
    const state = events.reduce(advance, initialState(plan));
    expect(statusLines(state, 1)).toEqual([
      "0 of 3 trials done, 1 running, 1 to be timed, about 2 min left",
      "  Trial b: training 25 %, about 40 s left, accuracy 91.0 %",
    ]);
    const later = advance(state, { type: "trial-finished", identity: "c", record });
    expect(later.finished.map(({ trial: { identity } }) => identity)).toEqual(["c"]);
    expect(statusLines(later, 1)[0]).toBe("1 of 3 trials done, 1 running, about 2 min left");
  });
});
