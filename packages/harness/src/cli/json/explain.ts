import { z } from "zod";

/** `metabench explain --json`. */
export const explainSchema = z.strictObject({
  schema: z.literal("metabench/explain/1"),
  /** Folder of records, absolute. */
  store: z.string(),
  trials: z.array(
    z.strictObject({
      identity: z.string(),
      label: z.string(),
      protocol: z.string(),
      algorithm: z.string(),
      seed: z.int().nonnegative(),
      /** `done`: it was explained before. `not possible`: no parameters are kept, or code or data have changed; `error` says what to do. */
      status: z.enum(["explained", "done", "not possible", "failed"]),
      /** Where the explanation is; null where there is none. */
      file: z.string().nullable(),
      /** What became of gradient × input; null where nothing was explained. */
      saliency: z.enum(["computed", "transductive", "not-differentiable"]).nullable(),
      error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
});
