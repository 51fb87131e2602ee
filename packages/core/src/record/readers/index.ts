import { MetabenchError } from "../../errors.ts";
import type { TrialResult } from "../result.ts";
import { classificationReader, regressionReader } from "./episodes.ts";
import { ownExamplesReader } from "./own-examples.ts";
import type { AdaptationValues, Averages, Items, ResultReader } from "./reader.ts";
import { sharedExamplesReader } from "./shared-examples.ts";

export type { AdaptationValues, Averages, Items } from "./reader.ts";
export { itemsUnder } from "./retested.ts";

const readers: { readonly [K in TrialResult["kind"]]: ResultReader<Extract<TrialResult, { kind: K }>> } = {
  "few-shot-classification": classificationReader,
  "few-shot-regression": regressionReader,
  "multi-task": sharedExamplesReader,
  "multi-task-own-examples": ownExamplesReader,
};

/** What a result says, whatever its kind. */
export interface ReadResult {
  readonly testSet: string;
  readonly episodesHash: string | null;
  readonly transductive: boolean;
  headline(): Items;
  adaptation(): AdaptationValues | null;
  tasks(): ReadonlyMap<string, Items>;
  classification(): ReadonlyMap<string, Averages>;
  readonly validation: Readonly<Record<string, number>> | null;
}

/**
 * Reads a result through the reader of its kind.
 *
 * The methods throw MetabenchError `invalid-record`, naming the record, where the parts of the result do not fit together.
 */
export function readResult({ identity, result }: { identity: string; result: TrialResult }): ReadResult {
  // The kind of the result chooses the reader, which TypeScript cannot follow through the table.
  const reader = readers[result.kind] as ResultReader<TrialResult>;
  const named = <T>(read: (result: TrialResult) => T): T => {
    try {
      return read(result);
    } catch (error) {
      if (!(error instanceof MetabenchError)) throw error;
      throw new MetabenchError(
        "invalid-record",
        `Record ${identity}: ${error.message}. Delete it and run its trial again.`,
      );
    }
  };
  return {
    testSet: reader.testSet(result),
    episodesHash: reader.episodesHash(result),
    transductive: reader.transductive(result),
    headline: () => named(reader.headline),
    adaptation: () => named(reader.adaptation),
    tasks: () => named(reader.tasks),
    classification: () => named(reader.classification),
    validation: reader.validation(result),
  };
}
