import { setTimeout as wait } from "node:timers/promises";
import {
  axesOf,
  MetabenchError,
  robustnessVariants,
  robustnessVersion,
  variantsFor,
  type CompletedRecord,
  type Retested,
  type RobustnessVariant,
} from "@metabench/core";
import type { BackendInfo } from "../backend/index.ts";
import type { Environment } from "../environment/index.ts";
import type { StoredTrialOptions } from "../stored-trial/index.ts";
import type { Release } from "../store/index.ts";
import { retestTrial } from "./retest-trial.ts";

const pollMs = 2000;

/** A record with one more outcome, in the order of the variants. */
export function withRetested(
  record: CompletedRecord,
  retested: Retested,
  { commit, dirty }: Pick<Environment, "commit" | "dirty">,
  { backend: name, device, deviceName, library, threads, kernels }: BackendInfo,
): CompletedRecord {
  const all = [
    ...(record.robustness?.variants ?? []).filter(({ variant }) => variant !== retested.variant),
    retested,
  ];
  const variants = robustnessVariants.flatMap(({ id }) => all.filter(({ variant }) => variant === id));
  return {
    ...record,
    robustness: { version: robustnessVersion, variants },
    provenance: {
      ...record.provenance,
      retest: {
        finishedAt: new Date().toISOString(),
        commit,
        dirty,
        backend: { name, device, deviceName, library, threads, kernels: [...kernels] },
      },
    },
  };
}

/** The variants that a record still lacks; all that apply where it is to be tested anew. */
export function missingVariants(
  { spec, display, robustness }: CompletedRecord,
  force: boolean,
): readonly RobustnessVariant[] {
  const there = new Set(force ? [] : robustness?.variants.map(({ variant }) => variant));
  return variantsFor(axesOf(spec.protocol.kind, display.dataset)).filter(({ id }) => !there.has(id));
}

/**
 * Tests a trial again under every variant that its record lacks. Each outcome is written to the record at once, so an interruption loses no
 * more than the variant under way.
 *
 * @param force tests under all variants again
 * @returns the record as it is now stored
 * @throws as {@link retestTrial}; MetabenchError `store-failed` where the record cannot be written
 */
export async function retestRecord(
  identity: string,
  force: boolean,
  environment: Pick<Environment, "commit" | "dirty">,
  options: StoredTrialOptions,
  onVariant: (variant: RobustnessVariant) => void,
): Promise<CompletedRecord> {
  const { store } = options;
  const release = await claimed(identity, options);
  try {
    // Read under the claim: another process may have tested it since it was listed, or run it again.
    let record = await completed(identity, options);
    await retestTrial(record, missingVariants(record, force), options, {
      onVariant,
      async onRetested(retested, backend) {
        record = withRetested(record, retested, environment, backend);
        await store.write(record, { force: true });
      },
    });
    return record;
  } finally {
    await release();
  }
}

async function claimed(identity: string, { store, signal }: StoredTrialOptions): Promise<Release> {
  for (;;) {
    const release = await store.claim(identity);
    if (release) return release;
    await wait(pollMs, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  }
}

async function completed(identity: string, { store }: StoredTrialOptions): Promise<CompletedRecord> {
  const record = await store.read(identity);
  if (record.status === "completed") return record;
  throw new MetabenchError(
    "invalid-record",
    `The record of ${identity} is no longer of a completed trial. Run it again with --retry-failed.`,
  );
}
