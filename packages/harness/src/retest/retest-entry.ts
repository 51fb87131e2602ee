import { join } from "node:path";
import { mean, type CompletedRecord, type Retested } from "@metabench/core";
import { nameTrial, type TrialName } from "../stored-trial/index.ts";

/** An error by its code, with what to do. */
interface Fault {
  readonly code: string;
  readonly message: string;
}

/** The reported outcome of one retested trial. */
export interface RetestEntry extends TrialName {
  /** `done`: its record had every variant already. */
  readonly status: "retested" | "done" | "does not apply" | "failed" | "not possible";
  /** File of the record. */
  readonly file: string;
  /** As the record now holds them; accuracy is the mean over tasks, null where the learner broke. */
  readonly variants: readonly {
    readonly id: Retested["variant"];
    readonly accuracy: number | null;
    readonly error: Fault | null;
  }[];
  /** Why no variant applies; null elsewhere. */
  readonly reason: string | null;
  readonly error: Fault | null;
}

/** Makes the entry of a trial from its record as it is now stored. */
export function retestEntry(
  record: CompletedRecord,
  store: string,
  status: RetestEntry["status"],
  why: string | Fault | null = null,
): RetestEntry {
  const { identity, robustness } = record;
  return {
    ...nameTrial(record),
    status,
    file: join(store, `${identity}.json`),
    variants: (robustness?.variants ?? []).map((one) =>
      one.kind === "failed"
        ? { id: one.variant, accuracy: null, error: one.error }
        : {
            id: one.variant,
            // In multi-task learning the mean over tasks.
            accuracy: mean(one.metrics.filter(({ name }) => name === "accuracy").map(({ value }) => value)),
            error: null,
          },
    ),
    reason: typeof why === "string" ? why : null,
    error: typeof why === "string" ? null : why,
  };
}
