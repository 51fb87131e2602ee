import { z } from "zod";
import { typeCheckSchema } from "./type-check.ts";

/** `metabench types --json`. */
export const typesSchema = z.strictObject({
  schema: z.literal("metabench/types/1"),
  /** The tsconfig that was written. */
  file: z.string(),
  check: typeCheckSchema,
});
