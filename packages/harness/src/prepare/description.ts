import { contentSchema } from "@metabench/core";
import { z } from "zod";

/** Version of the folder's layout; another one is prepared anew. */
export const layoutVersion = 1;

/** `description.json` of a prepared data set: what it is and what its files must hold. */
export const descriptionSchema = z.strictObject({
  layoutVersion: z.literal(layoutVersion),
  dataset: z.strictObject({
    id: z.string(),
    version: z.string(),
    options: z.record(z.string(), z.json()),
  }),
  /** SHA-256 over `content`, see core's `contentHash`. */
  contentHash: z.string(),
  content: contentSchema,
});

/** What lies in `description.json`. */
export type Description = z.infer<typeof descriptionSchema>;

/** Name of the file in a prepared folder that says what the others are. */
export const descriptionFile = "description.json";
