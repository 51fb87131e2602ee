import { failureStatuses, leaderboardSchema } from "@metabench/core";
import { z } from "zod";
import { estimateBases } from "../../execute/index.ts";

const trial = {
  identity: z.string(),
  label: z.string(),
  protocol: z.string(),
  algorithm: z.string(),
  seed: z.int().nonnegative(),
  addedAsReference: z.boolean(),
};

/** `metabench run --dry-run --json`. */
export const planSchema = z.strictObject({
  schema: z.literal("metabench/plan/1"),
  store: z.string(),
  /** Estimate for all trials that are not done, seconds; null while unknown. */
  secondsLeft: z.number().nullable(),
  trials: z.array(
    z.strictObject({
      ...trial,
      state: z.enum(["done", "resumable", "new"]),
      estimateSeconds: z.number().nullable(),
      estimateBasis: z.enum(estimateBases),
    }),
  ),
});

/** `metabench run --json`. */
export const runSchema = z.strictObject({
  schema: z.literal("metabench/run/1"),
  store: z.string(),
  trials: z.array(
    z.strictObject({
      ...trial,
      status: z.enum(["completed", ...failureStatuses]),
      /** File of the record. */
      file: z.string(),
      error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
  /** Standings of the protocols that were run, from every record in the store. */
  standings: leaderboardSchema,
});
