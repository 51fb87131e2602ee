import { trialIdentity, type CompletedRecord, type TrialRecord, type TrialSpec } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";

/** A valid record of a trial that failed, told from others by its seed; `log` makes it as large as a test wants. */
export function failedRecord(seed: number, log = ""): TrialRecord {
  const protocol = findProtocol("multi-task/multi-mnist").at("quick");
  const versioned = { version: "1.0.0", options: {}, source: null };
  const spec: TrialSpec = {
    schemaVersion: 1,
    protocol,
    algorithm: { id: "single-task", ...versioned },
    dataset: { id: "multi-mnist", ...versioned, contentHash: "0".repeat(64) },
    backbone: { id: "lenet", ...versioned },
    seed,
    reference: null,
  };
  return {
    schemaVersion: 1,
    identity: trialIdentity(spec),
    spec,
    status: "failed",
    error: { code: "trial-failed", message: "Made for a test. Nothing to do.", log },
    display: {
      algorithm: {
        title: "Single task",
        label: "Single task",
        summary: "One network a task.",
        role: "method",
        reference: null,
      },
      dataset: {
        title: "MultiMNIST",
        summary: "Two digits.",
        licence: { name: "CC BY-SA 3.0", url: "https://example.org/licence" },
      },
      backbone: { title: "LeNet" },
    },
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
      peakMemoryBytes: 1,
      resumed: 0,
    },
    provenance: {
      startedAt: "2026-01-01T00:00:00Z",
      finishedAt: "2026-01-01T00:01:00Z",
      commit: null,
      dirty: null,
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
      command: "metabench run",
    },
  };
}

/** A valid record of 30 episodes of ten queries, this many right in each. */
export function completedRecord(right: number): CompletedRecord {
  const base = failedRecord(0);
  const spec = { ...base.spec, protocol: findProtocol("few-shot/double-mnist-28/5w1s").at("quick") };
  const rows = Array.from({ length: 30 }, () => right);
  const shares = rows.map(() => right / 10);
  return {
    schemaVersion: 1,
    identity: trialIdentity(spec),
    spec,
    display: base.display,
    trainingCurve: [],
    cost: base.cost,
    provenance: base.provenance,
    status: "completed",
    result: {
      kind: "few-shot-classification",
      episodesHash: "1".repeat(64),
      queriesPerEpisode: 10,
      steps: [0, 5],
      headlineStep: 5,
      oneShot: false,
      correct: [rows.map(() => 0), rows],
      precision: shares,
      recall: shares,
      f1: shares,
      transductive: false,
    },
    metrics: [],
    training: { on: "nothing" },
    triedSettings: 1,
    selected: null,
    scalars: { parameters: 1, state: 0 },
  };
}
