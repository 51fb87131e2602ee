import { z } from "zod";
import { robustnessVersion, variantIds } from "../robustness/variant.ts";
import { metricSchema, taskResultSchema } from "./result.ts";

const variant = z.enum(variantIds);

/** What came of one variant: everything a comparison with the plain test needs, or why there is nothing. */
const retested = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("few-shot-classification"),
    variant,
    /** Right predictions of each frozen episode at the headline step, in the order of the record's own. */
    correct: z.array(z.int().nonnegative()).min(1),
    metrics: z.array(metricSchema),
  }),
  z.strictObject({
    kind: z.literal("multi-task"),
    variant,
    tasks: z.array(
      z.strictObject({
        id: z.string(),
        /** Correctness of each test example, packed as in the record's own result. */
        correct: z.base64(),
      }),
    ),
    metrics: z.array(metricSchema),
  }),
  z.strictObject({
    kind: z.literal("multi-task-own-examples"),
    variant,
    /** As in the record's own result. */
    tasks: z.array(taskResultSchema).min(1),
    metrics: z.array(metricSchema),
  }),
  z.strictObject({
    /** The learner broke under this variant: it gave numbers that are not finite, or none. */
    kind: z.literal("failed"),
    variant,
    error: z.strictObject({ code: z.string(), message: z.string() }),
  }),
]);

/** The outcome of a trial's parameters under one variant of its test. */
export type Retested = z.infer<typeof retested>;

/** Outcomes of a trial's parameters under variants of its test, each variant at most once. */
export const robustnessSchema = z.strictObject({
  /** Version of the variants' definition. */
  version: z.literal(robustnessVersion),
  /** In the order of the variants; those not tested yet are missing, and those that do not apply. */
  variants: z
    .array(retested)
    .min(1)
    .refine((all) => new Set(all.map((one) => one.variant)).size === all.length, "a variant stands twice"),
});

/** See {@link robustnessSchema}. */
export type Robustness = z.infer<typeof robustnessSchema>;
