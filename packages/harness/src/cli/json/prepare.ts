import { z } from "zod";

/** `metabench prepare --json`. */
export const prepareSchema = z.strictObject({
  schema: z.literal("metabench/prepare/1"),
  datasets: z.array(
    z.strictObject({
      id: z.string(),
      version: z.string(),
      options: z.record(z.string(), z.json()),
      /** SHA-256 of the prepared content. */
      contentHash: z.string(),
      /** Folder in the cache; null for families of functions, which are drawn as needed. */
      folder: z.string().nullable(),
    }),
  ),
});
