import { MetabenchError } from "../../errors.ts";
import type { TrialResult } from "../result.ts";

/** One value per test item (episode or example), in the direction and unit of the headline. */
export type Items = readonly number[];

/** Means over classes, each of 0 … 1. */
export interface Averages {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** How the headline moves with adaptation: `values` is `[steps][episodes]`. */
export interface AdaptationValues {
  readonly steps: readonly number[];
  readonly headlineStep: number;
  readonly oneShot: boolean;
  readonly values: readonly Items[];
}

/**
 * What standings ask of a result, whatever its kind. There is one reader per kind of result; no other code asks for the kind.
 *
 * Every method throws `malformed(…)` where the parts of a result do not fit together.
 */
export interface ResultReader<R extends TrialResult> {
  /** Names what was tested. Records are comparable only where it is equal. */
  testSet(result: R): string;
  /** Hash of the frozen test episodes; null where the whole test split is used. */
  episodesHash(result: R): string | null;
  /** Whether predictions for a query depend on the other queries. */
  transductive(result: R): boolean;
  /** The headline's value on each test item. */
  headline(result: R): Items;
  /** The adaptation curve; null in regimes that do not adapt. */
  adaptation(result: R): AdaptationValues | null;
  /** The headline's value on each test item, by task; empty where a result has no tasks of its own. */
  tasks(result: R): ReadonlyMap<string, Items>;
  /** Macro averages by task; one entry under "" where a result has no tasks of its own, none where targets are no classes. */
  classification(result: R): ReadonlyMap<string, Averages>;
  /** Each task's metric on the validation split, for selection against this trial; null in regimes without. */
  validation(result: R): Readonly<Record<string, number>> | null;
}

/** A result whose parts do not fit together. The caller adds the record's name. */
export const malformed = (what: string): MetabenchError => new MetabenchError("invalid-record", what);
