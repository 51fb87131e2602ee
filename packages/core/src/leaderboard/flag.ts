import { z } from "zod";

/** What a reader must know before believing a row. */
export const flagCodes = [
  "transductive",
  "one-seed",
  "few-seeds",
  "uneven-seeds",
  "dominant-item",
  "failed-seed",
  "missing-reference",
  "uncommitted-changes",
  "mixed-devices",
] as const;

/** A warning beside a row, with its reason in words. */
export const flagSchema = z.strictObject({ code: z.enum(flagCodes), text: z.string() });
export type Flag = z.infer<typeof flagSchema>;
