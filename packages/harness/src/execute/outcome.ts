import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { metricSchema, trialResultSchema } from "@metabench/core";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { backendInfoSchema } from "../backend/index.ts";
import { storeFailure } from "../store/index.ts";
import { trainedFields } from "../wire/index.ts";

/** A trial that has learned and answered its test, and waits to be timed. */
export const outcomeSchema = z.strictObject({
  startedAt: z.iso.datetime(),
  backend: backendInfoSchema,
  ...trainedFields,
  testSeconds: z.number().nonnegative(),
  peakMemoryBytes: z.int().nonnegative(),
  result: trialResultSchema,
  metrics: z.array(metricSchema),
});

/** See {@link outcomeSchema}. */
export type Outcome = z.infer<typeof outcomeSchema>;

const file = "outcome.json";

/**
 * Keeps an outcome in the trial's work folder, whole or not at all.
 *
 * @throws MetabenchError `store-failed` where the disk does not take it
 */
export async function writeOutcome(workFolder: string, outcome: Outcome): Promise<void> {
  const path = join(workFolder, file);
  await writeFileAtomic(path, JSON.stringify(outcome)).catch((cause: unknown) => {
    throw storeFailure(`${path} cannot be written`, cause);
  });
}

/** An outcome kept earlier; null where there is none that can be used, and the trial learns again (from its checkpoint, if any). */
export async function readOutcome(workFolder: string): Promise<Outcome | null> {
  const text = await readFile(join(workFolder, file), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return outcomeSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
