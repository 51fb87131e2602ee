import { join } from "node:path";
import { mean, type CompletedRecord } from "@metabench/core";
import { nameTrial } from "../stored-trials/name-trial.ts";
import type { RetestEntry } from "./retest-all.ts";

/** What is told of a trial that was to be tested again. */
export function retestEntry(
  record: CompletedRecord,
  store: string,
  status: RetestEntry["status"],
  why: string | NonNullable<RetestEntry["error"]> | null = null,
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
