import { axesOf, whyNotApplicable, robustnessVariants, type CompletedRecord } from "@metabench/core";
import PQueue from "p-queue";
import { environment as describeEnvironment } from "../environment/index.ts";
import { TrialFailure } from "../processes/index.ts";
import { settledBackend } from "../execute/index.ts";
import { missingVariants, retestRecord } from "./retest-record.ts";
import { isOwnCode, isOwnError, nameTrial, type StoredTrialOptions } from "../stored-trial/index.ts";
import { retestEntry, type RetestEntry } from "./retest-entry.ts";

/** Arguments of {@link retestAll} beside the records. */
export interface RetestAllOptions extends StoredTrialOptions {
  /** Trials side by side. */
  readonly jobs: number;
  /** Whether trials that were tested again before are tested once more. */
  readonly force: boolean;
  onRetest(entry: RetestEntry): void;
}

/** Why no variant applies to a trial; null where one does. */
function nothingApplies({ spec, display }: CompletedRecord): string | null {
  const axes = axesOf(spec.protocol.kind, display.dataset);
  const reasons = robustnessVariants.map((variant) => whyNotApplicable(variant, axes));
  return reasons.includes(null) ? null : [...new Set(reasons)].join(" ");
}

/**
 * Tests trials again under the variants that their records lack.
 *
 * @throws MetabenchError `cancelled` when the signal aborts, and what is no trial's own; the others are then ended. What was tested stays
 */
export async function retestAll(
  records: readonly CompletedRecord[],
  asked: RetestAllOptions,
): Promise<readonly RetestEntry[]> {
  const some = records.some((record) => missingVariants(record, asked.force).length > 0);
  const halt = new AbortController();
  const signal = AbortSignal.any([asked.signal, halt.signal]);
  const options = { ...asked, signal, ...(some && { backend: await settledBackend(asked) }) };
  const environment = await describeEnvironment();
  const { folder } = options.store;
  const one = async (record: CompletedRecord): Promise<RetestEntry> => {
    const reason = nothingApplies(record);
    if (reason !== null) return retestEntry(record, folder, "does not apply", reason);
    if (missingVariants(record, options.force).length === 0) return retestEntry(record, folder, "done");
    try {
      const onVariant = ({ id }: { readonly id: string }) => {
        options.onProgress(`Testing again: ${nameTrial(record).label}, ${id} …`);
      };
      const now = await retestRecord(record.identity, options.force, environment, options, onVariant);
      return retestEntry(now, folder, "retested");
    } catch (error) {
      if (!(error instanceof TrialFailure) && !isOwnError(error)) throw error;
      const { code, message } = error;
      // Outcomes up to here were written.
      const now = await options.store.read(record.identity).catch(() => record);
      const status = isOwnCode(code) ? "not possible" : "failed";
      return retestEntry(now.status === "completed" ? now : record, folder, status, { code, message });
    }
  };
  const queue = new PQueue({ concurrency: options.jobs });
  const entries = records.map(async (record) =>
    queue.add(
      async () => {
        const entry = await one(record);
        options.onRetest(entry);
        return entry;
      },
      { signal },
    ),
  );
  try {
    return await Promise.all(entries);
  } catch (error) {
    queue.clear();
    halt.abort();
    await Promise.allSettled(entries);
    throw error;
  }
}
