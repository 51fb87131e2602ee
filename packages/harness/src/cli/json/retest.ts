import { variantIds } from "@metabench/core";
import { z } from "zod";

const error = z.strictObject({ code: z.string(), message: z.string() }).nullable();

/** `metabench retest --json`. */
export const retestSchema = z.strictObject({
  schema: z.literal("metabench/retest/1"),
  store: z.string(),
  trials: z.array(
    z.strictObject({
      identity: z.string(),
      label: z.string(),
      protocol: z.string(),
      algorithm: z.string(),
      seed: z.int().nonnegative(),
      /** `done`: its record had every variant already. */
      status: z.enum(["retested", "done", "does not apply", "failed", "not possible"]),
      /** File of the record. */
      file: z.string(),
      /** As the record now holds them; accuracy is the mean over tasks, null where the learner broke. */
      variants: z.array(
        z.strictObject({ id: z.enum(variantIds), accuracy: z.number().min(0).max(1).nullable(), error }),
      ),
      /** Why no variant applies; null elsewhere. */
      reason: z.string().nullable(),
      error,
    }),
  ),
});
