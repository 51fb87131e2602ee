import { settings } from "@metabench/core";
import { z } from "zod";

/** The argument, in JSON, of the process that checks one plugin. */
export const orderSchema = z.strictObject({
  /** File URL of the plugin's module. */
  module: z.string(),
  id: z.string(),
  setting: z.enum(settings),
  options: z.record(z.string(), z.json()),
  backend: z.enum(["auto", "native", "wasm"]),
  /** Names of the checks to run, in this order. */
  checks: z.array(z.string()),
});

/** See {@link orderSchema}. */
export type Order = z.infer<typeof orderSchema>;

/** What such a process says: which check it begins, and how it came out. */
export const reportSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("began"), check: z.string() }),
  z.strictObject({
    type: z.literal("ended"),
    check: z.string(),
    /** What is wrong and what to fix; null where nothing is. */
    mend: z.string().nullable(),
    seconds: z.number().nonnegative(),
  }),
  /** Nothing could be checked: no backend, or the plugin is not what it was. */
  z.strictObject({ type: z.literal("failed"), code: z.string(), message: z.string() }),
]);
