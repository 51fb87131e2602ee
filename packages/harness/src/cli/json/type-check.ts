import { z } from "zod";

/** How the types of a plugin came out, in `conform --json` and `types --json`. */
export const typeCheckSchema = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("passed") }),
  z.strictObject({
    status: z.literal("failed"),
    faults: z
      .array(
        z.strictObject({
          file: z.string(),
          line: z.int(),
          column: z.int(),
          /** The compiler's own, such as `TS2322`. */
          code: z.string(),
          message: z.string(),
        }),
      )
      .readonly(),
  }),
  z.strictObject({ status: z.literal("not-checked"), reason: z.string() }),
]);
