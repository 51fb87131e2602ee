import { mean } from "../statistics/index.ts";
import { metricEntries } from "../metrics/index.ts";
import { readResult } from "../record/readers/index.ts";
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
import type { NoTransferCode, Transfer } from "./transfer-schema.ts";

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
  const perSeed = records.flatMap((record) => {
    const byTask = [...readResult(record).classification().values()];
    return byTask.length === 0 ? [] : [averaged(byTask)];
  });
  return perSeed.length === 0 ? null : averaged(perSeed);
}

function tasksOf(records: readonly CompletedRecord[], headline: Headline): Row["tasks"] {
  const averages = records.map((record) => readResult(record).classification());
  return [...seedsByTask(records)].map(([id, items]) => {
    const own = averages.flatMap((byTask) => byTask.get(id) ?? []);
    return {
      id,
      score: estimateOf([...items.values()], headline),
      ...(own.length > 0 && averaged(own)),
    };
  });
}

/** Means over seeds of every metric in the records, each the mean over tasks; a metric that some seed lacks is left out. */
function metricsOf(records: readonly CompletedRecord[]): Row["metrics"] {
  const entries = metricEntries.flatMap(([id, { name }]) => {
    const perSeed = records.flatMap(({ metrics }) => {
      const own = metrics.filter((metric) => metric.name === name);
      const whole = own.filter(({ task }) => task === null);
      const values = (whole.length > 0 ? whole : own).map(({ value }) => value);
      return values.length === 0 ? [] : [mean(values)];
    });
    return perSeed.length > 0 && perSeed.length === records.length ? [[id, mean(perSeed)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function transferOf(
  id: string,
  records: readonly CompletedRecord[] | null,
  reference: Reference,
  headline: Headline,
): Transfer {
  const none = (code: NoTransferCode, reason: string): Transfer => ({ kind: "none", code, reason });
  if (!records) return none("seed-failed", "A seed failed.");
  if (!reference.found) return none(reference.code, reference.reason);
  if (reference.id === id) return none("is-reference", "This row is the reference.");
  if (seedsByTask(records).size > 0)
    return (
      multiTaskTransferOf(records, reference.records, reference.name, headline) ??
      none("other-tasks", "The reference has other tasks.")
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
    metrics: records ? metricsOf(records) : {},
    tasks: records ? tasksOf(records, headline) : [],
    transfer: transferOf(id, records, reference, headline),
    robustness: records ? robustnessOf(records, headline) : [],
    cost: rowCost(completed),
    learningCurves: seeds.map(learningCurveOf),
    flags,
    finishedAt: newest.provenance.finishedAt,
  };
}
