import { stripVTControlCharacters } from "node:util";
import type {
  CompletedRecord,
  Cost,
  DataAxes,
  Provenance,
  TrialRecord,
  TrialSpec,
  UnfinishedRecord,
} from "@metabench/core";
import type { BackendInfo } from "../backend/index.ts";
import type { Environment } from "../environment/index.ts";
import type { TrialFailure } from "../processes/index.ts";
import type { Code } from "./code.ts";
import { commandOf } from "./command.ts";
import { labelOf } from "./label.ts";
import type { Outcome } from "./outcome.ts";
import type { RunPlugins } from "./prepared-trial.ts";
import { substitutedIn } from "./substitution.ts";

/** What all records of a run share. */
export interface RecordContext {
  readonly identity: string;
  readonly spec: TrialSpec;
  readonly plugins: RunPlugins;
  readonly code: Code;
  /** Kinds of input and target of the data, where they are not those of the protocol's kind. */
  readonly axes: DataAxes;
  readonly environment: Environment;
  /** Trials that the run has side by side. */
  readonly jobs: number;
  /** Number of option settings tried on validation data, this one included (`--tried`). */
  readonly triedSettings: number;
}

function display({
  spec,
  axes,
  plugins: { protocol, algorithm, dataset, backbone },
}: RecordContext): TrialRecord["display"] {
  const { title, summary, role, reference } = algorithm.plugin;
  return {
    algorithm: {
      title,
      label: labelOf(
        algorithm.plugin,
        { ...spec, options: spec.algorithm.options },
        substitutedIn(spec.protocol, protocol.plugin),
        backbone.plugin,
      ),
      summary,
      role,
      reference,
    },
    dataset: {
      title: dataset.plugin.title,
      summary: dataset.plugin.summary,
      licence: { ...dataset.plugin.licence },
      ...(axes.input && { input: axes.input }),
      ...(axes.target && { target: axes.target }),
    },
    backbone: { title: backbone.plugin.title },
  };
}

function provenance(
  { spec, plugins, code, environment, jobs, triedSettings }: RecordContext,
  startedAt: string,
  backend: BackendInfo | null,
): Provenance {
  const { commit, dirty, lockFileHash, node, packages, platform, processor, memoryBytes } = environment;
  return {
    startedAt,
    finishedAt: new Date().toISOString(),
    commit,
    dirty,
    lockFileHash,
    node,
    packages,
    backend: backend && {
      name: backend.backend,
      device: backend.device,
      deviceName: backend.deviceName,
      library: backend.library,
      threads: backend.threads,
      kernels: [...backend.kernels],
    },
    machine: {
      platform: platform.os,
      release: platform.release,
      architecture: platform.architecture,
      cpu: processor.model,
      cores: processor.cores,
      memoryBytes,
    },
    jobs,
    command: commandOf(spec, plugins, triedSettings),
    ...(Object.keys(code).length > 0 && { code }),
  };
}

/** Training seconds at the first point that has made 95 % of the way from the first score to the best; null where training gained nothing. */
function secondsTo95({ curve, curveSeconds, selected }: Outcome): number | null {
  const first = curve[0]?.score;
  const best = curve[selected ?? -1]?.score;
  if (first === undefined || best === undefined || best <= first) return null;
  return curveSeconds[curve.findIndex(({ score }) => score - first >= 0.95 * (best - first))] ?? null;
}

/** The record of a trial that learned, answered and was timed. */
export function completedRecord(
  context: RecordContext,
  outcome: Outcome,
  timings: Pick<Cost, "adaptation" | "prediction">,
): CompletedRecord {
  const {
    training,
    curve,
    curveSeconds,
    trainingSeconds,
    updates,
    images,
    selected,
    scalars,
    result,
    metrics,
    backend,
    startedAt,
  } = outcome;
  const rate = (amount: number) => (amount === 0 || trainingSeconds === 0 ? null : amount / trainingSeconds);
  return {
    schemaVersion: 1,
    identity: context.identity,
    spec: context.spec,
    display: display(context),
    status: "completed",
    result,
    metrics,
    training,
    triedSettings: context.triedSettings,
    selected,
    scalars,
    ...(outcome.budgetUsed !== undefined && { budgetUsed: outcome.budgetUsed }),
    trainingCurve: curve,
    cost: {
      trainingSeconds,
      curveSeconds,
      testSeconds: outcome.testSeconds,
      updatesPerSecond: rate(updates),
      imagesPerSecond: rate(images),
      secondsTo95: secondsTo95(outcome),
      ...timings,
      peakMemoryBytes: outcome.peakMemoryBytes,
      resumed: outcome.resumed,
    },
    provenance: provenance(context, startedAt, backend),
  };
}

/** A log without colours, and with a line for each state of a line that was redrawn. */
const plainLog = (log: string) => stripVTControlCharacters(log).replaceAll(/\r\n?/g, "\n");

/** The record of a trial that did not come to its end. */
export function failedRecord(
  context: RecordContext,
  failure: TrialFailure,
  startedAt: string,
): UnfinishedRecord {
  return {
    schemaVersion: 1,
    identity: context.identity,
    spec: context.spec,
    display: display(context),
    status: failure.status,
    error: { code: failure.code, message: failure.message, log: plainLog(failure.log) },
    trainingCurve: [],
    cost: {
      trainingSeconds: 0,
      curveSeconds: [],
      testSeconds: 0,
      updatesPerSecond: null,
      imagesPerSecond: null,
      secondsTo95: null,
      adaptation: null,
      prediction: null,
      peakMemoryBytes: 0,
      resumed: 0,
    },
    provenance: provenance(context, startedAt, failure.backend),
  };
}
