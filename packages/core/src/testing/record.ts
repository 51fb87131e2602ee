import { trialIdentity } from "../record/identity.ts";
import type { TrainingPoint, TrialResult } from "../record/result.ts";
import { metricsOf, metricsUnder } from "../record/metrics/index.ts";
import type { Retested } from "../record/robustness.ts";
import type { TrainingSetting } from "../record/training-setting.ts";
import {
  checkRecord,
  type CompletedRecord,
  type Cost,
  type Provenance,
  type TrialRecord,
  type UnfinishedRecord,
} from "../record/trial-record.ts";
import { robustnessVersion } from "../robustness/variant.ts";
import { buildSpec, type SpecSketch } from "./spec.ts";

/** How a trial ended without a result. */
export interface FailedOutcome {
  readonly status: UnfinishedRecord["status"];
  readonly code: string;
  readonly message: string;
  /** Default: one line. */
  readonly log?: string;
}

/** What a test states about a record. {@link buildRecord} fills in the rest. */
export interface RecordSketch extends SpecSketch {
  /** The test's result, or how the trial failed. */
  readonly outcome: TrialResult | FailedOutcome;
  /** Overrides of what a reader sees of the algorithm. Default: its id as title and label. */
  readonly display?: Partial<TrialRecord["display"]["algorithm"]>;
  readonly cost?: Partial<Cost>;
  readonly trainingCurve?: readonly TrainingPoint[];
  readonly training?: TrainingSetting;
  readonly triedSettings?: number;
  /** Training point whose parameters were kept. Default: the last. */
  readonly selected?: number | null;
  /** Outcomes under variants of the test. Default: the trial was not tested again. */
  readonly robustness?: readonly Retested[];
  readonly finishedAt?: string;
  readonly commit?: string;
  readonly dirty?: boolean;
  readonly backend?: Provenance["backend"];
}

/**
 * A complete, valid record around what a test is about.
 *
 * @throws MetabenchError `invalid-record` where the sketch makes no valid record
 */
export function buildRecord(sketch: RecordSketch & { readonly outcome: TrialResult }): CompletedRecord;
export function buildRecord(sketch: RecordSketch): TrialRecord;
export function buildRecord(sketch: RecordSketch): TrialRecord {
  const spec = buildSpec(sketch);
  const trainingCurve = sketch.trainingCurve ?? defaultCurve;
  const common = {
    schemaVersion: 1,
    identity: trialIdentity(spec),
    spec,
    display: {
      algorithm: {
        title: spec.algorithm.id,
        label: spec.algorithm.id,
        summary: `What ${spec.algorithm.id} does.`,
        role: "method",
        reference: null,
        ...sketch.display,
      },
      dataset: {
        title: spec.dataset.id,
        summary: "A data set.",
        licence: { name: "CC0", url: "https://example.org/licence" },
      },
      backbone: { title: spec.backbone.id },
    },
    trainingCurve,
    cost: { ...defaultCost, curveSeconds: trainingCurve.map((_, at) => 10 * at), ...sketch.cost },
    provenance: provenanceOf(
      sketch,
      `metabench run --protocol ${spec.protocol.id} --algorithm ${spec.algorithm.id} --seeds ${String(spec.seed)}`,
    ),
  };
  return checkRecord({ ...common, ...endOf(sketch, trainingCurve.length) }, "a test's record");
}

/** An outcome under a variant with the metrics that its answers give, where the sketch names none. */
const withMetrics = (retested: Retested, result: TrialResult): Retested =>
  retested.kind === "failed" || retested.metrics.length > 0
    ? retested
    : { ...retested, metrics: [...metricsUnder(retested, result)] };

/** The fields that depend on how the trial ended. */
function endOf({ outcome, ...sketch }: RecordSketch, points: number) {
  if (!("kind" in outcome)) {
    const { status, code, message, log = "last line" } = outcome;
    return { status, error: { code, message, log } };
  }
  return {
    status: "completed",
    result: outcome,
    metrics: metricsOf(outcome),
    training: sketch.training ?? { on: "labelled-images", batchSize: 10 },
    triedSettings: sketch.triedSettings ?? 1,
    selected: sketch.selected === undefined ? (points === 0 ? null : points - 1) : sketch.selected,
    scalars: { parameters: 100, state: 0 },
    ...(sketch.robustness && {
      robustness: {
        version: robustnessVersion,
        variants: sketch.robustness.map((one) => withMetrics(one, outcome)),
      },
    }),
  };
}

const defaultCurve: readonly TrainingPoint[] = [
  { images: 0, updates: 0, losses: {}, validation: { accuracy: 0.2 }, score: 0.2 },
  { images: 100, updates: 10, losses: { loss: 1.5 }, validation: { accuracy: 0.5 }, score: 0.5 },
];

const defaultCost: Omit<Cost, "curveSeconds"> = {
  trainingSeconds: 10,
  testSeconds: 2,
  updatesPerSecond: 1,
  imagesPerSecond: 10,
  secondsTo95: 9,
  adaptation: { medianMs: 5, p95Ms: 8, samples: 20, episodes: 4 },
  prediction: { medianMs: 1, p95Ms: 2, samples: 20, episodes: 4 },
  peakMemoryBytes: 1_000_000,
  resumed: 0,
};

const defaultBackend: Provenance["backend"] = {
  name: "wasm",
  device: "cpu",
  deviceName: "cpu",
  library: "4.22.0",
  threads: 1,
  kernels: [],
};

const provenanceOf = (sketch: RecordSketch, command: string): Provenance => ({
  startedAt: "2026-01-01T00:00:00Z",
  finishedAt: sketch.finishedAt ?? "2026-01-01T00:01:00Z",
  commit: sketch.commit ?? null,
  dirty: sketch.dirty ?? null,
  lockFileHash: null,
  node: "22.0.0",
  packages: {},
  backend: sketch.backend === undefined ? defaultBackend : sketch.backend,
  machine: {
    platform: "linux",
    architecture: "x64",
    release: "6",
    cpu: "A processor",
    cores: 2,
    memoryBytes: 1e9,
  },
  jobs: 1,
  command,
});
