import { z } from "zod";

/** `metabench setup --json`. */
export const setupSchema = z.discriminatedUnion("status", [
  z.strictObject({
    schema: z.literal("metabench/setup/1"),
    status: z.literal("ready"),
    flavour: z.string(),
    library: z.string(),
    folder: z.string(),
    /** Whether anything had to be built. */
    built: z.boolean(),
  }),
  z.strictObject({
    schema: z.literal("metabench/setup/1"),
    status: z.literal("unavailable"),
    reason: z.string(),
    message: z.string(),
  }),
]);
