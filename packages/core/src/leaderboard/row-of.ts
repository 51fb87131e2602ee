import { mean } from "../statistics/index.ts";
import type { CompletedRecord, TrialRecord } from "../record/trial-record.ts";
import { adaptationOf } from "./adaptation.ts";
import type { RowRecords } from "./collect.ts";
import { dominantItem } from "./dominant-item.ts";
import { estimateOf } from "./estimation.ts";
import { fewShotTransferOf } from "./few-shot-transfer.ts";
import { flagsOfRow } from "./flags-of-row.ts";
import type { Headline } from "./leaderboard.ts";
import { headlineBySeed, headlineItems } from "./measurements.ts";
import { multiTaskTransferOf, seedsByTask } from "./multi-task-transfer.ts";
import { allCompleted, type Reference } from "./reference-row.ts";
import { robustnessOf } from "./robustness.ts";
import { rowCost } from "./row-cost.ts";
import { rowDefinitionOf } from "./row-definition.ts";
import type { Row, Seed } from "./row.ts";
import type { Transfer } from "./transfer-schema.ts";

function seedOf(record: TrialRecord): Seed {
  const { identity, status, spec } = record;
  if (record.status === "completed")
    return { seed: spec.seed, identity, status, score: mean(headlineItems(record)), error: null };
  return {
    seed: spec.seed,
    identity,
    status,
    score: null,
    error: { code: record.error.code, message: record.error.message },
  };
}

/** Standard deviations between seeds, between episodes and of what is left; null where one seed cannot tell. */
function spreadOf(score: Row["score"]): Row["spread"] {
  if (!score?.components) return null;
  const { seed, item, residual } = score.components;
  return { seed: Math.sqrt(seed), item: Math.sqrt(item), residual: Math.sqrt(residual) };
}

type Averages = NonNullable<Row["classification"]>;

function averaged(values: readonly Averages[]): Averages {
  const of = (metric: keyof Averages) => mean(values.map((value) => value[metric]));
  return { precision: of("precision"), recall: of("recall"), f1: of("f1") };
}

function classificationOf(records: readonly CompletedRecord[]): Averages | null {
  const perSeed = records.flatMap(({ result }): Averages[] => {
    if (result.kind === "few-shot-regression") return [];
    if (result.kind === "multi-task") return [averaged(result.tasks)];
    return [{ precision: mean(result.precision), recall: mean(result.recall), f1: mean(result.f1) }];
  });
  return perSeed.length === 0 ? null : averaged(perSeed);
}

function tasksOf(records: readonly CompletedRecord[], headline: Headline): Row["tasks"] {
  const entries = records.flatMap(({ result }) => (result.kind === "multi-task" ? result.tasks : []));
  return [...seedsByTask(records)].map(([id, items]) => ({
    id,
    score: estimateOf([...items.values()], headline),
    ...averaged(entries.filter((task) => task.id === id)),
  }));
}

function transferOf(
  id: string,
  records: readonly CompletedRecord[] | null,
  reference: Reference,
  headline: Headline,
): Transfer {
  const none = (reason: string): Transfer => ({ kind: "none", reason });
  if (!records) return none("A seed failed.");
  if (!reference.found) return none(reference.reason);
  if (reference.id === id) return none("This row is the reference.");
  if (records[0]?.result.kind === "multi-task")
    return (
      multiTaskTransferOf(records, reference.records, reference.name) ??
      none("The reference has other tasks.")
    );
  return fewShotTransferOf(
    headlineBySeed(records),
    headlineBySeed(reference.records),
    reference.name,
    headline,
  );
}

const learningCurveOf = (record: TrialRecord): Row["learningCurves"][number] => ({
  seed: record.spec.seed,
  identity: record.identity,
  selected: record.status === "completed" ? record.selected : null,
  points: record.trainingCurve.map((point, i) => ({
    ...point,
    seconds: record.cost.curveSeconds[i] ?? null,
  })),
});

/** A row, not yet placed in its table. */
export function rowOf(
  { id, seeds, superseded }: RowRecords,
  newest: TrialRecord,
  transductive: boolean,
  headline: Headline,
  reference: Reference,
): Row {
  const records = allCompleted({ id, seeds, superseded });
  const completed = seeds.filter((record) => record.status === "completed");
  // Seeds of a row share options and source, and so what they were trained on.
  const [first] = completed;
  const flags = flagsOfRow(seeds, newest.spec.protocol, transductive);
  if (!reference.found && reference.expected)
    flags.push({ code: "missing-reference", text: reference.reason });
  const definition = rowDefinitionOf(newest);
  const items = records?.map(headlineItems);
  const score = items ? estimateOf(items, headline) : null;
  const dominant = items ? dominantItem(items, headline) : null;
  if (dominant) flags.push(dominant);
  return {
    id,
    algorithm: { ...newest.spec.algorithm, ...newest.display.algorithm },
    ...(definition && { definition }),
    training: first?.training ?? null,
    ...(newest.spec.training && { trainingOptions: newest.spec.training }),
    // A search before any of the seeds was one for the row.
    triedSettings:
      completed.length === 0 ? null : Math.max(...completed.map(({ triedSettings }) => triedSettings)),
    seeds: seeds.map(seedOf),
    superseded: superseded.map((record) => record.identity),
    score,
    spread: spreadOf(score),
    place: null,
    toBest: null,
    adaptation: records ? adaptationOf(records, headline) : null,
    classification: records ? classificationOf(records) : null,
    tasks: records ? tasksOf(records, headline) : [],
    transfer: transferOf(id, records, reference, headline),
    robustness: records ? robustnessOf(records, headline) : [],
    cost: rowCost(completed),
    learningCurves: seeds.map(learningCurveOf),
    flags,
    finishedAt: newest.provenance.finishedAt,
  };
}
