import { settings } from "@metabench/core";
import { z } from "zod";
import { typeCheckSchema } from "./type-check.ts";

/** `metabench conform --json`. */
export const conformSchema = z.strictObject({
  schema: z.literal("metabench/conform/1"),
  /** Whether every check of every plugin was passed, and no type error found. */
  passed: z.boolean(),
  /** The plugins' files that the algorithms come from, and how their types came out. */
  types: z.array(z.strictObject({ file: z.string(), check: typeCheckSchema })).readonly(),
  algorithms: z.array(
    z.strictObject({
      id: z.string(),
      version: z.string(),
      setting: z.enum(settings),
      options: z.record(z.string(), z.json()),
      passed: z.boolean(),
      checks: z.array(
        z.strictObject({
          name: z.string(),
          /** What the check asks, in a sentence. */
          sentence: z.string(),
          status: z.enum(["passed", "failed"]),
          /** What is wrong and what to fix; null where the check was passed. */
          mend: z.string().nullable(),
          seconds: z.number().nonnegative(),
        }),
      ),
    }),
  ),
  /** Plugins of the source that make no learners, each with its checks. */
  definitions: z.array(
    z.strictObject({
      kind: z.enum(["dataset", "backbone", "protocol", "suite"]),
      id: z.string(),
      passed: z.boolean(),
      checks: z.array(
        z.strictObject({
          name: z.string(),
          sentence: z.string(),
          status: z.enum(["passed", "failed"]),
          mend: z.string().nullable(),
        }),
      ),
      /** What no check here asks, and the command that does. */
      beyond: z.string(),
    }),
  ),
});
