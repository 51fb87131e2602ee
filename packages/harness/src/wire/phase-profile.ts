import { z } from "zod";
import { operationTimesSchema } from "./operation-times.ts";

/** Where the time of one part of a trial went. */
export const phaseProfileSchema = operationTimesSchema.extend({
  /** `testing` is adaptation to the test's tasks and prediction. */
  phase: z.enum(["training", "validation", "testing"]),
  /** Updates, passes over the validation split, or episodes of the test (passes over it in multi-task learning). */
  repetitions: z.int().positive(),
});

/** See {@link phaseProfileSchema}. */
export type PhaseProfile = z.infer<typeof phaseProfileSchema>;
