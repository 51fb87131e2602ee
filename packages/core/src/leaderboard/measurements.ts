import { MetabenchError } from "../errors.ts";
import type { CompletedRecord } from "../record/trial-record.ts";
import type { TrialResult } from "../record/result.ts";
import { unpackCorrectness } from "./correctness.ts";

/** One value a test item (episode or example), in the direction and unit of the headline. */
export type Items = readonly number[];

/** Values of each test item by training seed, seeds ascending. */
export type BySeed = ReadonlyMap<number, Items>;

type Frozen = Exclude<TrialResult, { kind: "multi-task" }>;

const wrong = (record: CompletedRecord, what: string) =>
  new MetabenchError(
    "invalid-record",
    `Record ${record.identity}: ${what}. Delete it and run its trial again.`,
  );

/** Values of each recorded adaptation step, `[steps][episodes]`: accuracies, or mean squared errors. */
export function valuesByStep(record: CompletedRecord, result: Frozen): readonly Items[] {
  const rows =
    result.kind === "few-shot-regression"
      ? result.squaredError
      : result.correct.map((row) => row.map((right) => right / result.queriesPerEpisode));
  const episodes = rows[0]?.length ?? 0;
  if (rows.length !== result.steps.length || episodes === 0 || rows.some((row) => row.length !== episodes))
    throw wrong(record, "its episodes do not form one row per step, all of one length");
  return rows;
}

/** {@link headlineItems} of each seed of a row. Throws as it does. */
export const headlineBySeed = (records: readonly CompletedRecord[]): BySeed =>
  new Map(records.map((record) => [record.spec.seed, headlineItems(record)]));

/** What of a multi-task result tells which examples were right. */
interface PackedTasks {
  readonly examples: number;
  readonly tasks: readonly { readonly id: string; readonly correct: string }[];
}

/** Correctness of each test example by task, `[tasks][examples]`. */
export function correctnessByTask(result: PackedTasks): ReadonlyMap<string, Items> {
  return new Map(result.tasks.map((task) => [task.id, unpackCorrectness(task.correct, result.examples)]));
}

/** Mean over tasks of each test example's correctness. Throws `invalid-record` where there are no tasks or no examples. */
export function meanCorrectness(record: CompletedRecord, result: PackedTasks): Items {
  const tasks = [...correctnessByTask(result).values()];
  if (tasks.length === 0 || result.examples === 0) throw wrong(record, "it has no tasks or no examples");
  return Array.from(
    { length: result.examples },
    (_, example) => tasks.reduce((sum, task) => sum + (task[example] ?? 0), 0) / tasks.length,
  );
}

/**
 * The headline's value on each test item: the episode's accuracy or error at the declared adaptation step; in multi-task
 * learning the mean over tasks of the example's correctness, whose mean is the mean over tasks of accuracy.
 *
 * @throws MetabenchError `invalid-record` where the record's parts do not fit together
 */
export function headlineItems(record: CompletedRecord): Items {
  const { result } = record;
  if (result.kind === "multi-task") return meanCorrectness(record, result);
  const row = valuesByStep(record, result)[result.steps.indexOf(result.headlineStep)];
  if (!row) throw wrong(record, `its headline step ${String(result.headlineStep)} is not among its steps`);
  return row;
}
