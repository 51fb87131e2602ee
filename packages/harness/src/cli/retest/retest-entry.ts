import { join } from "node:path";
import { mean, type CompletedRecord } from "@metabench/core";
import type { RetestEntry } from "./retest-all.ts";

/** Names a trial to people. */
export const labelOf = ({ display, spec: { protocol, seed } }: CompletedRecord): string =>
  `${display.algorithm.label} on ${protocol.id} (${protocol.tier}), seed ${String(seed)}`;

/** What is told of a trial that was to be tested again. */
export function retestEntry(
  record: CompletedRecord,
  store: string,
  status: RetestEntry["status"],
  why: string | NonNullable<RetestEntry["error"]> | null = null,
): RetestEntry {
  const { identity, spec, robustness } = record;
  const { protocol, algorithm, seed } = spec;
  return {
    identity,
    label: labelOf(record),
    protocol: protocol.id,
    algorithm: algorithm.id,
    seed,
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
