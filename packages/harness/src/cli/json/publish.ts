import { z } from "zod";

/** `metabench publish --json`. */
export const publishSchema = z.strictObject({
  schema: z.literal("metabench/publish/1"),
  records: z.int().nonnegative(),
  tables: z.int().nonnegative(),
  /** Absolute paths. */
  standingsJson: z.string(),
  standingsCsv: z.string(),
  /** Folder of the site; null with `--no-site`. */
  site: z.string().nullable(),
});
