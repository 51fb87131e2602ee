import type { TrainingOptions } from "../plugin/training-options.ts";
import type { Protocol } from "../protocol/protocol.ts";
import { findProtocol } from "../protocol/suite.ts";
import { trialIdentity } from "../record/identity.ts";
import type { TrialResult } from "../record/result.ts";
import { checkRecord, type Cost, type TrialRecord } from "../record/trial-record.ts";
import type { TrainingSetting } from "../record/training-setting.ts";
import type { TrialSpec } from "../record/trial-spec.ts";
import { sha256Hex } from "../sampling/sha256.ts";
import { compileLeaderboard } from "./compile.ts";

/** What a test says of a record; all else is filled in. */
export interface RecordSketch {
  readonly protocol?: Protocol;
  readonly algorithm?: string;
  readonly version?: string;
  readonly options?: Record<string, string>;
  readonly seed?: number;
  readonly contentHash?: string;
  readonly finishedAt?: string;
  readonly cost?: Partial<Cost>;
  readonly training?: TrainingSetting;
  readonly trainingOptions?: TrainingOptions;
  readonly triedSettings?: number;
  readonly commit?: string;
  readonly dirty?: boolean;
  /** The test result, or how the trial failed. */
  readonly outcome:
    | TrialResult
    | { readonly status: "failed" | "timed-out"; readonly code: string; readonly message: string };
}

const defaultProtocol = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");

/** A complete, valid record around what a test is about. */
export function buildRecord(sketch: RecordSketch): TrialRecord {
  const { protocol = defaultProtocol, algorithm = "maml", outcome } = sketch;
  const spec: TrialSpec = {
    schemaVersion: 1,
    protocol,
    algorithm: {
      id: algorithm,
      version: sketch.version ?? "1.0.0",
      options: sketch.options ?? {},
      source: null,
    },
    dataset: {
      id: protocol.dataset.id,
      version: "1.0.0",
      options: protocol.dataset.options,
      source: null,
      contentHash: sketch.contentHash ?? sha256Hex("content"),
    },
    backbone: {
      id: protocol.backbone.id,
      version: "1.0.0",
      options: protocol.backbone.options,
      source: null,
    },
    seed: sketch.seed ?? 0,
    reference: null,
    ...(sketch.trainingOptions && { training: sketch.trainingOptions }),
  };
  const common = {
    schemaVersion: 1,
    identity: trialIdentity(spec),
    spec,
    display: {
      algorithm: {
        title: algorithm,
        label: algorithm,
        summary: `What ${algorithm} does.`,
        role: "method",
        reference: null,
      },
      dataset: {
        title: protocol.dataset.id,
        summary: "A data set.",
        licence: { name: "CC0", url: "https://example.org/licence" },
      },
      backbone: { title: protocol.backbone.id },
    },
    trainingCurve: [
      { images: 0, updates: 0, losses: {}, validation: { accuracy: 0.2 }, score: 0.2 },
      { images: 100, updates: 10, losses: { loss: 1.5 }, validation: { accuracy: 0.5 }, score: 0.5 },
    ],
    cost: {
      trainingSeconds: 10,
      curveSeconds: [0, 10],
      testSeconds: 2,
      updatesPerSecond: 1,
      imagesPerSecond: 10,
      secondsTo95: 9,
      adaptation: { medianMs: 5, p95Ms: 8, samples: 20, episodes: 4 },
      prediction: { medianMs: 1, p95Ms: 2, samples: 20, episodes: 4 },
      peakMemoryBytes: 1_000_000,
      resumed: 0,
      ...sketch.cost,
    },
    provenance: {
      startedAt: "2026-01-01T00:00:00Z",
      finishedAt: sketch.finishedAt ?? "2026-01-01T00:01:00Z",
      commit: sketch.commit ?? null,
      dirty: sketch.dirty ?? null,
      lockFileHash: null,
      node: "22.0.0",
      packages: {},
      backend: { name: "wasm", device: "cpu", deviceName: "cpu", library: "4.22.0", threads: 1, kernels: [] },
      machine: {
        platform: "linux",
        architecture: "x64",
        release: "6",
        cpu: "A processor",
        cores: 2,
        memoryBytes: 1e9,
      },
      jobs: 1,
      command: `metabench run --protocol ${protocol.id} --algorithm ${algorithm}`,
    },
  };
  const record =
    "kind" in outcome
      ? {
          ...common,
          status: "completed",
          result: outcome,
          metrics: [],
          training: sketch.training ?? { on: "labelled-images", batchSize: 10 },
          triedSettings: sketch.triedSettings ?? 1,
          selected: 1,
          scalars: { parameters: 100, state: 0 },
        }
      : {
          ...common,
          status: outcome.status,
          error: { code: outcome.code, message: outcome.message, log: "last line" },
        };
  return checkRecord(record, "the test's record");
}

/** A few-shot result from right answers of 75 queries, `[steps][episodes]`, headline at the last step. */
export function classified(
  correct: readonly (readonly number[])[],
  more: { readonly transductive?: boolean; readonly episodes?: string } = {},
): TrialResult {
  const shares = (correct.at(-1) ?? []).map((right) => right / 75);
  return {
    kind: "few-shot-classification",
    episodesHash: sha256Hex(more.episodes ?? "episodes"),
    queriesPerEpisode: 75,
    steps: correct.map((_, step) => step),
    headlineStep: correct.length - 1,
    oneShot: correct.length === 1,
    correct: correct.map((row) => [...row]),
    precision: shares,
    recall: shares,
    f1: shares,
    transductive: more.transductive ?? false,
  };
}

/** A few-shot regression result from squared errors, `[steps][episodes]`, headline at the last step. */
export const regressed = (squaredError: readonly (readonly number[])[]): TrialResult => ({
  kind: "few-shot-regression",
  episodesHash: sha256Hex("functions"),
  queriesPerEpisode: 100,
  steps: squaredError.map((_, step) => step),
  headlineStep: squaredError.length - 1,
  oneShot: squaredError.length === 1,
  squaredError: squaredError.map((row) => [...row]),
});

/** Packs bits as a record does. */
function packed(bits: readonly number[]): string {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => (bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (bit << (7 - (i & 7)))));
  return btoa(String.fromCharCode(...bytes));
}

/** A multi-task result from the correctness of each example by task. */
export function multiTasked(tasks: Readonly<Record<string, readonly number[]>>): TrialResult {
  return {
    kind: "multi-task",
    examples: Object.values(tasks)[0]?.length ?? 0,
    tasks: Object.entries(tasks).map(([id, bits]) => {
      const accuracy = bits.reduce((sum, bit) => sum + bit, 0) / bits.length;
      return { id, accuracy, precision: accuracy, recall: accuracy, f1: accuracy, correct: packed(bits) };
    }),
    validation: {},
  };
}

/** The one table of the records. */
export const only = (records: readonly TrialRecord[]) => {
  const { tables } = compileLeaderboard(records);
  const [table] = tables;
  if (!table || tables.length !== 1) throw new Error(`${String(tables.length)} tables instead of one`);
  return table;
};
/** How a trial failed. */
export const failed = { status: "failed", code: "trial-failed", message: "It broke. Fix it." } as const;
/** Right answers of 75 in four episodes, many and few. */
export const good = [60, 66, 63, 69];
export const poor = [15, 21, 18, 12];
