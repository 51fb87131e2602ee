import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkRecord, sha256Hex, trialIdentity, type TrialRecord, type TrialSpec } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";

/** What a made-up trial is about; these records exist in a test's temporary folder only. */
interface Trial {
  readonly algorithm: string;
  readonly protocol: string;
  readonly seed?: number;
  /** Mean of the episodes' accuracies or errors; null for a trial that fails. */
  readonly level: number | null;
  readonly role?: "method" | "control";
}

const episodes = 40;

function resultOf(kind: string, level: number): unknown {
  const values = Array.from({ length: episodes }, (_, episode) => level + (episode % 5) / 100);
  const frozen = { episodesHash: sha256Hex(kind), steps: [0, 1], headlineStep: 1, oneShot: false };
  if (kind === "few-shot-regression")
    return {
      kind,
      ...frozen,
      queriesPerEpisode: 100,
      squaredError: [values.map((error) => error * 3), values],
    };
  if (kind === "multi-task") {
    const correct = Buffer.from(
      Array.from({ length: 25 }, (_, byte) => (byte < level * 25 ? 0xff : 0)),
    ).toString("base64");
    const score = { accuracy: level, precision: level, recall: level, f1: level, correct };
    return { kind, examples: 200, tasks: ["left", "right"].map((id) => ({ id, ...score })), validation: {} };
  }
  const correct = values.map((accuracy) => Math.round(accuracy * 75));
  const shares = correct.map((right) => right / 75);
  const macro = { precision: shares, recall: shares, f1: shares, transductive: false };
  return { kind, ...frozen, queriesPerEpisode: 75, correct: [correct.map(() => 15), correct], ...macro };
}

/** A complete record of a made-up trial. */
export function madeUp({ algorithm, protocol: id, seed = 0, level, role = "method" }: Trial): TrialRecord {
  const protocol = findProtocol(id).at("quick");
  const plugin = { version: "1.0.0", source: null };
  const spec: TrialSpec = {
    schemaVersion: 1,
    protocol,
    algorithm: { id: algorithm, options: {}, ...plugin },
    dataset: {
      id: protocol.dataset.id,
      options: protocol.dataset.options,
      contentHash: sha256Hex("data"),
      ...plugin,
    },
    backbone: { id: protocol.backbone.id, options: protocol.backbone.options, ...plugin },
    seed,
    reference: null,
  };
  const common = {
    schemaVersion: 1,
    identity: trialIdentity(spec),
    spec,
    display: {
      algorithm: {
        title: algorithm,
        label: algorithm,
        summary: "Made up for a test.",
        role,
        reference: null,
      },
      dataset: { title: "Data", summary: "Made up.", licence: { name: "CC0", url: "https://example.org/" } },
      backbone: { title: "Backbone" },
    },
    trainingCurve: [0, 1000, 2000].map((images, i) => ({
      images,
      updates: images / 10,
      losses: i === 0 ? {} : { loss: 1 / i },
      validation: { accuracy: i / 4 },
      score: i / 4,
    })),
    cost: {
      trainingSeconds: 3,
      curveSeconds: [0, 1, 3],
      testSeconds: 1,
      updatesPerSecond: 70,
      imagesPerSecond: 700,
      secondsTo95: 2,
      adaptation: { medianMs: 4 * (level ?? 1), p95Ms: 9, samples: 8, episodes: 4 },
      prediction: { medianMs: 1, p95Ms: 2, samples: 8, episodes: 4 },
      peakMemoryBytes: 2e8,
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
      backend: null,
      machine: {
        platform: "linux",
        architecture: "x64",
        release: "6",
        cpu: "A processor",
        cores: 2,
        memoryBytes: 8e9,
      },
      jobs: 1,
      command: `metabench run --protocol ${id} --algorithm ${algorithm} --seeds ${String(seed)}`,
    },
  };
  const error = {
    code: "trial-failed",
    message: "The loss is not a number. Lower the rate.",
    log: "step 7\nloss <NaN>",
  };
  const outcome =
    level === null
      ? { status: "invalid", error }
      : {
          status: "completed",
          result: resultOf(protocol.kind, level),
          metrics: [],
          training: { on: "nothing" },
          triedSettings: 1,
          selected: 2,
          scalars: { parameters: 10, state: 0 },
        };
  return checkRecord({ ...common, ...outcome }, "a made-up record");
}

/** A made-up record whose parameters were tested again under noise: each level takes a fifth of what was right. */
export function retested(record: TrialRecord): TrialRecord {
  if (record.status !== "completed") return record;
  const { result } = record;
  const variants = ["input-noise-0.1", "input-noise-0.2", "input-noise-0.4"].map((variant, at) =>
    result.kind === "multi-task"
      ? {
          kind: result.kind,
          variant,
          tasks: result.tasks.map(({ id, correct }) => ({ id, correct })),
          metrics: [],
        }
      : {
          kind: "few-shot-classification",
          variant,
          correct:
            "correct" in result ? result.correct[1]?.map((right) => Math.round(right * 0.8 ** (at + 1))) : [],
          metrics: [],
        },
  );
  const broke = {
    kind: "failed",
    variant: "wrong-labels-0.4",
    error: { code: "not-finite", message: "Logits are not finite." },
  };
  const all = result.kind === "multi-task" ? variants : [...variants, broke];
  return checkRecord({ ...record, robustness: { version: 1, variants: all } }, "a made-up record");
}

/** Writes records into a folder, each named by its identity. */
export async function writeRecords(folder: string, records: readonly TrialRecord[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    records.map((record) => writeFile(join(folder, `${record.identity}.json`), JSON.stringify(record))),
  );
}
