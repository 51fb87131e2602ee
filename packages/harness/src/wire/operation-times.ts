import { z } from "zod";

const milliseconds = z.number().nonnegative();

/** One kind of operation: how often it ran, and for how long without the operations that it called in turn. */
export const operationTimeSchema = z.strictObject({
  /** As TensorFlow calls the kernel; on WebAssembly as tfjs calls it. */
  operation: z.string(),
  calls: z.int().positive(),
  milliseconds,
});

/** What a stretch of work took, in all and by operation. */
export const operationTimesSchema = z.strictObject({
  milliseconds,
  /** The longest first. */
  operations: z.array(operationTimeSchema),
});

/** See {@link operationTimesSchema}. */
export type OperationTimes = z.infer<typeof operationTimesSchema>;
