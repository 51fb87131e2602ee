import { z } from "zod";
import { differenceSchema } from "./estimate.ts";

/** Gap to learning the task alone. `difference` is the reference minus the method, turned so that positive = negative transfer. */
const gap = differenceSchema;

/** A relative change with the metrics whose reference is so small that the ratio says little; null where one is 0. */
const relativeChange = z
  .strictObject({ percent: z.number(), smallReferences: z.array(z.string()).readonly() })
  .readonly()
  .nullable();

/** Few-shot: against training from scratch on the same support sets. */
const fewShotTransfer = z.strictObject({
  kind: z.literal("few-shot"),
  reference: z.string(),
  gap,
  /** Share of test episodes below training from scratch: the mean over all pairs of a seed of each. */
  episodesHarmed: z.number().min(0).max(1),
  /** The same for from scratch against itself with another seed; null where it has one seed. */
  nullLevel: z.number().min(0).max(1).nullable(),
});

/** Multi-task: against training each task alone. */
const multiTaskTransfer = z.strictObject({
  kind: z.literal("multi-task"),
  reference: z.string(),
  tasks: z.array(
    z.strictObject({ task: z.string(), gap, pHolm: z.number(), harmed: z.boolean().nullable() }),
  ),
  /** Mean over metrics of the relative loss, percent, lower is better (Nash-MTL's form). */
  deltaM: relativeChange,
  /** Mean over tasks of the relative gain, percent, higher is better (LibMTL's form). */
  deltaP: relativeChange,
  /** Tasks with a gap significantly above 0 by Holm; null with one seed, where no verdict of harm is given. */
  tasksHarmed: z.int().nonnegative().nullable(),
});

/** Why a row has no negative transfer. */
export const noTransferCodes = [
  "seed-failed",
  "is-reference",
  "no-reference",
  "reference-failed",
  "reference-missing",
  "other-tasks",
] as const;

/** Negative transfer of a row, or in words why it has none. */
export const transferSchema = z.discriminatedUnion("kind", [
  fewShotTransfer,
  multiTaskTransfer,
  z.strictObject({ kind: z.literal("none"), code: z.enum(noTransferCodes), reason: z.string() }),
]);
export type NoTransferCode = (typeof noTransferCodes)[number];
export type Transfer = z.infer<typeof transferSchema>;
export type FewShotTransfer = z.infer<typeof fewShotTransfer>;
export type MultiTaskTransfer = z.infer<typeof multiTaskTransfer>;
