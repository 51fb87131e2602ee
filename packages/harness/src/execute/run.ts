import { MetabenchError, readResult, type ErrorCode, type TrialRecord } from "@metabench/core";
import { probeBackend } from "../backend/index.ts";
import { environment as describeEnvironment } from "../environment/index.ts";
import { TrialFailure } from "../processes/index.ts";
import { codeOfTrial, type Code } from "./code.ts";
import { isDone } from "./is-done.ts";
import { learn, time, type OnPhase } from "./learn.ts";
import { readOutcome, writeOutcome, type Outcome } from "./outcome.ts";
import { pluginsOf } from "./prepared-trial.ts";
import { secondsLeft } from "./progress.ts";
import { parametersFile } from "../work-folder/index.ts";
import { completedRecord, failedRecord, type RecordContext } from "./record.ts";
import { declaredId } from "./substitution.ts";
import type { Plan, PlannedTrial, RunOptions } from "./types.ts";
import { workThrough } from "./work-through.ts";

type Release = () => Promise<void>;
type Validation = Readonly<Record<string, number>>;

/** What the first pass leaves of a trial: its record, or an outcome that waits to be timed. */
type Learned =
  | { readonly state: "recorded"; readonly record: TrialRecord }
  | { readonly state: "to-be-timed"; readonly outcome: Outcome };

const pollMs = 2000;

function validationOf(learned: Learned): Validation | null {
  const result =
    learned.state === "recorded"
      ? learned.record.status === "completed"
        ? learned.record.result
        : null
      : learned.outcome.result;
  return result && readResult({ identity: "of the reference", result }).validation;
}

/** What is no trial's fault: an interruption, or a machine that lacks something. It ends the run, and no record blames a trial. */
const faultsOfTheMachine: readonly ErrorCode[] = [
  "cancelled",
  "set-up-failed",
  "backend-unavailable",
  "store-failed",
  "data-missing",
  "data-corrupt",
  "download-failed",
];

/** An error as the failure of a trial; thrown again where it is none. */
function asFailure(error: unknown): TrialFailure {
  if (!(error instanceof TrialFailure || error instanceof MetabenchError)) throw error;
  const { code, message } = error;
  const fault = faultsOfTheMachine.find((known) => known === code);
  if (fault !== undefined)
    throw error instanceof MetabenchError ? error : new MetabenchError(fault, message, { cause: error });
  if (error instanceof TrialFailure) return error;
  return new TrialFailure(code === "contract-broken" ? "invalid" : "failed", code, message, "");
}

/** One backend for all trials of a run: `auto` is settled once, and said. */
export async function settledBackend({
  backend,
  onProgress,
}: Pick<RunOptions, "backend" | "onProgress">): Promise<RunOptions["backend"]> {
  if (backend !== "auto") return backend;
  const probe = await probeBackend();
  if (probe.state === "started" && probe.backend === "tensorflow") return "native";
  const why = probe.state === "started" ? probe.note : probe.message;
  onProgress(`All trials run on WebAssembly. ${why ?? ""}`.trim());
  return "wasm";
}

/** A trial that a limit or a crash ended may continue from its checkpoint; one that is done or diverged does not need it. */
const mayGoOn: ReadonlySet<TrialRecord["status"]> = new Set(["timed-out", "out-of-memory", "failed"]);

/**
 * Runs a plan: first all trials learn and answer their tests, `jobs` side by side; then each is timed with the machine to itself
 * and its record is written. A trial whose record exists is left alone; one that was interrupted continues. Failures are records too.
 *
 * @returns the record of every trial of the plan, in its order
 * @throws MetabenchError `cancelled` when the signal aborts; `backend-unavailable`, `store-failed` (a full disk), `data-corrupt` and the like
 * where the machine cannot continue. All running trials are then ended. Nothing is lost: the same plan continues from there
 */
export async function runPlan(plan: Plan, asked: RunOptions): Promise<readonly TrialRecord[]> {
  // Ends the trials that are under way where one of them meets a fault of the machine.
  const halt = new AbortController();
  const signal = AbortSignal.any([asked.signal, halt.signal]);
  const options = { ...asked, signal, backend: await settledBackend(asked) };
  const { store, again, onEvent } = options;
  const environment = await describeEnvironment();
  const began = new Map<string, number>();
  const learned = new Map<string, Learned>();
  // Before the first trial begins, as the code was that the command has loaded.
  const code = new Map<string, Code>();
  for (const { identity, spec } of plan.trials)
    code.set(identity, await codeOfTrial(pluginsOf(spec, options)));
  const contextOf = ({ identity, spec, axes, addedAsReference }: PlannedTrial): RecordContext => ({
    axes,
    identity,
    spec,
    plugins: {
      ...pluginsOf(spec, options),
      protocol: options.registry.find.protocol(declaredId(spec.protocol)),
    },
    code: code.get(identity) ?? {},
    environment,
    jobs: options.jobs,
    triedSettings: addedAsReference ? 1 : options.triedSettings,
  });
  const onPhase =
    ({ identity }: PlannedTrial): OnPhase =>
    (phase, fraction, note) => {
      const start = began.get(identity) ?? performance.now();
      onEvent({
        type: "progress",
        identity,
        phase,
        fraction,
        secondsLeft: secondsLeft(phase, fraction, performance.now() - start),
        ...(note && { note }),
      });
    };
  const keep = async (trial: PlannedTrial, record: TrialRecord): Promise<TrialRecord> => {
    if (record.status === "completed") await store.keepParameters(trial.identity, parametersFile);
    await store.write(record, { force: trial.state !== "done" });
    if (!mayGoOn.has(record.status)) await store.discardWork(trial.identity);
    onEvent({ type: "trial-finished", identity: trial.identity, record });
    return record;
  };
  /** Claims a trial; `elsewhere` where another process has written the record since the run was planned, `busy` where one is at it. */
  const claim = async (trial: PlannedTrial): Promise<Release | "elsewhere" | "busy"> => {
    const release = await store.claim(trial.identity);
    const elsewhere = await isDone(trial, store, again);
    if (!elsewhere) return release ?? "busy";
    await release?.();
    return "elsewhere";
  };
  const recordedElsewhere = async ({ identity }: PlannedTrial): Promise<TrialRecord> => {
    const record = await store.read(identity);
    onEvent({ type: "trial-finished", identity, record });
    return record;
  };
  const referenceOf = async ({ spec: { reference } }: PlannedTrial): Promise<Validation | null> => {
    if (reference === null) return null;
    const validation = validationOf(
      learned.get(reference) ?? { state: "recorded", record: await store.read(reference) },
    );
    if (validation) return validation;
    throw new TrialFailure(
      "failed",
      "trial-failed",
      `Its single-task reference (${reference.slice(0, 12)}) failed, so its parameters cannot be selected. Fix the reference first, then run with --retry-failed.`,
      "",
    );
  };

  const learnClaimed = async (trial: PlannedTrial): Promise<Learned> => {
    const startedAt = new Date().toISOString();
    began.set(trial.identity, performance.now());
    onEvent({ type: "trial-started", identity: trial.identity });
    try {
      const folder = store.workFolder(trial.identity);
      const outcome =
        (await readOutcome(folder)) ??
        (await learn(trial.spec, folder, await referenceOf(trial), options, onPhase(trial)));
      await writeOutcome(folder, outcome);
      return { state: "to-be-timed", outcome };
    } catch (error) {
      const record = await keep(trial, failedRecord(contextOf(trial), asFailure(error), startedAt));
      return { state: "recorded", record };
    }
  };
  const learnOne = async (trial: PlannedTrial): Promise<boolean> => {
    const { identity } = trial;
    if (trial.state === "done") {
      learned.set(identity, { state: "recorded", record: await store.read(identity) });
      return true;
    }
    const claimed = await claim(trial);
    if (claimed === "busy") return false;
    if (claimed === "elsewhere") {
      learned.set(identity, { state: "recorded", record: await recordedElsewhere(trial) });
      return true;
    }
    try {
      learned.set(identity, await learnClaimed(trial));
      return true;
    } finally {
      // Not held until it is timed: two runs that each held a trial which the other waits for would wait for ever.
      await claimed();
    }
  };

  const timeClaimed = async (trial: PlannedTrial, outcome: Outcome): Promise<TrialRecord> => {
    try {
      const folder = store.workFolder(trial.identity);
      if ((await readOutcome(folder)) === null) return await recordedElsewhere(trial);
      const timings = await time(trial.spec, folder, options, onPhase(trial));
      return await keep(trial, completedRecord(contextOf(trial), outcome, timings));
    } catch (error) {
      return await keep(trial, failedRecord(contextOf(trial), asFailure(error), outcome.startedAt));
    }
  };
  const timeOne = async (trial: PlannedTrial): Promise<boolean> => {
    const { identity } = trial;
    const one = learned.get(identity);
    if (one?.state !== "to-be-timed") return true;
    const claimed = await claim(trial);
    if (claimed === "busy") return false;
    if (claimed === "elsewhere") {
      learned.set(identity, { state: "recorded", record: await recordedElsewhere(trial) });
      return true;
    }
    try {
      learned.set(identity, { state: "recorded", record: await timeClaimed(trial, one.outcome) });
      return true;
    } finally {
      await claimed();
    }
  };

  const orHalt = (attempt: (trial: PlannedTrial) => Promise<boolean>) => async (trial: PlannedTrial) => {
    try {
      return await attempt(trial);
    } catch (error) {
      halt.abort();
      throw error;
    }
  };
  const planned = new Set(plan.trials.map(({ identity }) => identity));
  /** A trial is selected against its reference, which this run or another may still be learning. */
  const hasReference = ({ spec: { reference } }: PlannedTrial): boolean =>
    reference === null || !planned.has(reference) || learned.has(reference);
  try {
    await workThrough(plan.trials, {
      jobs: options.jobs,
      ready: hasReference,
      attempt: orHalt(learnOne),
      pollMs,
      signal: asked.signal,
    });
    // One at a time, with the machine to itself.
    await workThrough(plan.trials, {
      jobs: 1,
      ready: () => true,
      attempt: orHalt(timeOne),
      pollMs,
      signal: asked.signal,
    });
    return plan.trials.flatMap(({ identity }) => {
      const one = learned.get(identity);
      return one?.state === "recorded" ? [one.record] : [];
    });
  } catch (error) {
    if (asked.signal.aborted && !(error instanceof MetabenchError))
      throw new MetabenchError(
        "cancelled",
        "The run was interrupted. Repeat the command: it continues from its checkpoints.",
        { cause: error },
      );
    throw error;
  }
}
