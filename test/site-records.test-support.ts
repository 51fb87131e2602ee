import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTestEpisodes, type TrialRecord, type TrialResult } from "@metabench/core";
import { buildRecord, classified, multiTasked, regressed, type RecordSketch } from "@metabench/core/testing";
import { findProtocol } from "@metabench/datasets";

/** What a made-up trial is about; these records exist in a test's temporary folder only. */
interface Trial {
  readonly algorithm: string;
  readonly protocol: string;
  readonly seed?: number;
  /** Mean of the episodes' accuracies or errors; null for a trial that fails. */
  readonly level: number | null;
  readonly role?: "method" | "control";
  /** Whether its parameters were tested again under noise. */
  readonly retested?: boolean;
}

const episodes = 40;
const values = (level: number) =>
  Array.from({ length: episodes }, (_, episode) => level + (episode % 5) / 100);
const correctness = (level: number) => Array.from({ length: 200 }, (_, at) => (at < level * 200 ? 1 : 0));

function resultOf(kind: TrialResult["kind"], level: number): TrialResult {
  if (kind === "multi-task") return multiTasked({ left: correctness(level), right: correctness(level) });
  if (kind === "few-shot-regression")
    return regressed([values(level).map((error) => error * 3), values(level)]);
  const correct = values(level).map((accuracy) => Math.round(accuracy * 75));
  return classified([correct.map(() => 15), correct]);
}

const noise = ["input-noise-0.1", "input-noise-0.2", "input-noise-0.4"] as const;

/** Outcomes under noise (each level takes a fifth of an episode's right answers), and of few-shot trials one that broke. */
function underNoise(result: TrialResult): NonNullable<RecordSketch["robustness"]> {
  if (result.kind === "multi-task")
    return noise.map((variant) => ({
      kind: result.kind,
      variant,
      tasks: result.tasks.map(({ id, correct }) => ({ id, correct })),
      metrics: [],
    }));
  const plain = result.kind === "few-shot-classification" ? (result.correct[1] ?? []) : [];
  return [
    ...noise.map((variant, at) => ({
      kind: "few-shot-classification" as const,
      variant,
      correct: plain.map((right) => Math.round(right * 0.8 ** (at + 1))),
      metrics: [],
    })),
    {
      kind: "failed",
      variant: "wrong-labels-0.4",
      error: { code: "not-finite", message: "Logits are not finite." },
    },
  ];
}

/** A complete record of a made-up trial, without a backend. */
export function madeUp(trial: Trial): TrialRecord {
  const { algorithm, seed = 0, level, role = "method" } = trial;
  // A test of as many episodes as the outcomes have.
  const protocol = withTestEpisodes(findProtocol(trial.protocol).at("quick"), episodes);
  const outcome =
    level === null
      ? ({
          status: "invalid",
          code: "trial-failed",
          message: "The loss is not a number. Lower the rate.",
          log: "step 7\nloss <NaN>",
        } as const)
      : resultOf(protocol.kind, level);
  return buildRecord({
    protocol,
    algorithm,
    seed,
    outcome,
    display: { role },
    backend: null,
    training: { on: "nothing" },
    trainingCurve: [0, 1000, 2000].map((images, i) => ({
      images,
      updates: images / 10,
      losses: i === 0 ? {} : { loss: 1 / i },
      validation: { accuracy: i / 4 },
      score: i / 4,
    })),
    cost: { adaptation: { medianMs: 4 * (level ?? 1), p95Ms: 9, samples: 8, episodes: 4 } },
    ...(trial.retested && "kind" in outcome && { robustness: underNoise(outcome) }),
  });
}

/** Writes records into a folder, each named by its identity. */
export async function writeRecords(folder: string, records: readonly TrialRecord[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    records.map((record) => writeFile(join(folder, `${record.identity}.json`), JSON.stringify(record))),
  );
}
