import { z } from "zod";
import { backendInfoSchema } from "../../backend/index.ts";
import { phaseProfileSchema } from "../../wire/index.ts";

/** `metabench run --profile --json`. */
export const profileSchema = z.strictObject({
  schema: z.literal("metabench/profile/1"),
  trials: z.array(
    z.strictObject({
      identity: z.string(),
      label: z.string(),
      protocol: z.string(),
      algorithm: z.string(),
      seed: z.int().nonnegative(),
      /** What computed; null where the trial failed before it said so. */
      backend: backendInfoSchema.nullable(),
      /** True on a graphics card, where times of operations are those of handing them over. */
      dispatchOnly: z.boolean(),
      phases: z.array(
        phaseProfileSchema.extend({
          /** Of `milliseconds`, what no operation took. */
          outsideMilliseconds: z.number(),
        }),
      ),
      error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
});
