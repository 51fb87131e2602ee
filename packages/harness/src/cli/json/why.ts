import { obstacles } from "@metabench/core";
import { z } from "zod";

/** `metabench why --json`. */
export const whySchema = z.strictObject({
  schema: z.literal("metabench/why/1"),
  /** Whether the two records may share a table. */
  comparable: z.boolean(),
  /** Every reason why not. */
  reasons: z.array(z.strictObject({ code: z.enum(obstacles), detail: z.string() })),
});
