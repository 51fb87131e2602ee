import { setTimeout as wait } from "node:timers/promises";
import PQueue from "p-queue";
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
  const halt = new AbortController();
  const signal = AbortSignal.any([asked.signal, halt.signal]);
  const options = { ...asked, signal, backend: await settledBackend(asked) };
  const { store, again, onEvent } = options;
  const environment = await describeEnvironment();
  const began = new Map<string, number>();
  const learned = new Map<string, Promise<Learned>>();
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
  /** Null where another process has written the record since the run was planned. */
  const claim = async (trial: PlannedTrial): Promise<Release | null> => {
    for (;;) {
      const release = await store.claim(trial.identity);
      const elsewhere = await isDone(trial, store, again);
      if (!elsewhere && release) return release;
      await release?.();
      if (elsewhere) return null;
      await wait(pollMs, undefined, { signal });
    }
  };
  const recordedElsewhere = async ({ identity }: PlannedTrial): Promise<TrialRecord> => {
    const record = await store.read(identity);
    onEvent({ type: "trial-finished", identity, record });
    return record;
  };
  const referenceOf = async ({ spec: { reference } }: PlannedTrial): Promise<Validation | null> => {
    if (reference === null) return null;
    const validation = validationOf(
      await (learned.get(reference) ??
        store.read(reference).then((record) => ({ state: "recorded" as const, record }))),
    );
    if (validation) return validation;
    throw new TrialFailure(
      "failed",
      "trial-failed",
      `Its single-task reference (${reference.slice(0, 12)}) failed, so its parameters cannot be selected. Fix the reference first, then run with --retry-failed.`,
      "",
    );
  };

  const learnOne = async (trial: PlannedTrial): Promise<Learned> => {
    if (trial.state === "done") return { state: "recorded", record: await store.read(trial.identity) };
    const release = await claim(trial);
    if (!release) return { state: "recorded", record: await recordedElsewhere(trial) };
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
    } finally {
      // Not held until it is timed: two runs that each held a trial which the other waits for would wait for ever.
      await release();
    }
  };

  const timeOne = async (trial: PlannedTrial, outcome: Outcome): Promise<TrialRecord> => {
    const release = await claim(trial);
    if (!release) return recordedElsewhere(trial);
    try {
      const folder = store.workFolder(trial.identity);
      if ((await readOutcome(folder)) === null) return await recordedElsewhere(trial);
      const timings = await time(trial.spec, folder, options, onPhase(trial));
      return await keep(trial, completedRecord(contextOf(trial), outcome, timings));
    } catch (error) {
      return await keep(trial, failedRecord(contextOf(trial), asFailure(error), outcome.startedAt));
    } finally {
      await release();
    }
  };

  const queue = new PQueue({ concurrency: options.jobs });
  // References come before those that need them in the plan, so a waiting trial never holds the last place.
  for (const trial of plan.trials) {
    const promise = queue.add(() => learnOne(trial), { signal });
    promise.catch(() => undefined);
    learned.set(trial.identity, promise);
  }
  try {
    await Promise.all(learned.values());
    const records: TrialRecord[] = [];
    for (const trial of plan.trials) {
      const one = await learned.get(trial.identity);
      if (one) records.push(one.state === "recorded" ? one.record : await timeOne(trial, one.outcome));
    }
    return records;
  } catch (error) {
    queue.clear();
    halt.abort();
    await Promise.allSettled(learned.values());
    if (asked.signal.aborted && !(error instanceof MetabenchError))
      throw new MetabenchError(
        "cancelled",
        "The run was interrupted. Repeat the command: it continues from its checkpoints.",
        { cause: error },
      );
    throw error;
  }
}
