import { findProtocol, trialIdentity, type TrialRecord, type TrialSpec } from "@metabench/core";

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
