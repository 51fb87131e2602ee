import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { metricSchema, trainingPointSchema, trainingSettingSchema, trialResultSchema } from "@metabench/core";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";
import { backendInfoSchema } from "../backend/backend-info.ts";

const count = z.int().nonnegative();
const seconds = z.number().nonnegative();

/** A trial that has learned and answered its test, and waits to be timed. */
export const outcomeSchema = z.strictObject({
  startedAt: z.iso.datetime(),
  backend: backendInfoSchema,
  training: trainingSettingSchema,
  curve: z.array(trainingPointSchema),
  curveSeconds: z.array(seconds),
  trainingSeconds: seconds,
  selected: count.nullable(),
  updates: count,
  images: count,
  resumed: count,
  scalars: z.strictObject({ parameters: count, state: count }),
  testSeconds: seconds,
  peakMemoryBytes: count,
  result: trialResultSchema,
  metrics: z.array(metricSchema),
});

/** See {@link outcomeSchema}. */
export type Outcome = z.infer<typeof outcomeSchema>;

const file = "outcome.json";

/** Keeps an outcome in the trial's work folder, whole or not at all. */
export async function writeOutcome(workFolder: string, outcome: Outcome): Promise<void> {
  await writeFileAtomic(join(workFolder, file), JSON.stringify(outcome));
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
