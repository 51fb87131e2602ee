import { readResult, type Items } from "../record/readers/index.ts";
import type { CompletedRecord } from "../record/trial-record.ts";

export type { Items } from "../record/readers/index.ts";

/** Values of each test item by training seed, seeds ascending. */
export type BySeed = ReadonlyMap<number, Items>;

/**
 * The headline's value on each test item of a record.
 *
 * @throws MetabenchError `invalid-record` where the record's parts do not fit together
 */
export const headlineItems = (record: CompletedRecord): Items => readResult(record).headline();

/** {@link headlineItems} of each seed of a row. Throws as it does. */
export const headlineBySeed = (records: readonly CompletedRecord[]): BySeed =>
  new Map(records.map((record) => [record.spec.seed, headlineItems(record)]));
