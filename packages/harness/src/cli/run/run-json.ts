import { join } from "node:path";
import type { Leaderboard, TrialRecord } from "@metabench/core";
import type { Plan, PlannedTrial } from "../../execute/index.ts";
import { planSchema, runSchema } from "../json/index.ts";
import { printJson } from "../json/print.ts";
import type { Terminal } from "../terminal.ts";
import { timeLeft } from "./time-left.ts";

/** Prints a plan by {@link planSchema}. */
export function printPlan(terminal: Terminal, { trials }: Plan, store: string, jobs: number): void {
  const open = trials.filter(({ state }) => state !== "done");
  printJson(terminal, planSchema, {
    schema: "metabench/plan/1",
    store,
    secondsLeft: timeLeft(
      open.map(({ estimateSeconds }) => ({ seconds: estimateSeconds })),
      jobs,
    ),
    trials: trials.map((trial) => ({
      ...brief(trial),
      state: trial.state,
      estimateSeconds: trial.estimateSeconds,
      estimateBasis: trial.estimateBasis,
    })),
  });
}

/** Prints what a run came to by {@link runSchema}. */
export function printOutcome(
  terminal: Terminal,
  { trials }: Plan,
  records: readonly TrialRecord[],
  store: string,
  standings: Leaderboard,
): void {
  const outcomes = trials.flatMap((trial) => {
    const record = records.find(({ identity }) => identity === trial.identity);
    if (!record) return [];
    const error =
      record.status === "completed" ? null : { code: record.error.code, message: record.error.message };
    return [{ ...brief(trial), status: record.status, file: join(store, `${trial.identity}.json`), error }];
  });
  printJson(terminal, runSchema, { schema: "metabench/run/1", store, trials: outcomes, standings });
}

function brief({ identity, label, spec, addedAsReference }: PlannedTrial) {
  return {
    identity,
    label,
    protocol: spec.protocol.id,
    algorithm: spec.algorithm.id,
    seed: spec.seed,
    addedAsReference,
  };
}
