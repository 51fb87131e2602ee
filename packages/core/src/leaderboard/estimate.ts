import { z } from "zod";

/**
 * What an interval covers: seeds and episodes (or test examples) crossed, or one of the two only. An interval of episode noise
 * says nothing of what another training seed would give.
 */
export const intervalBases = ["seeds and episodes", "episode noise only", "seed noise only"] as const;

/** A mean with its 95 % interval, in the unit of its table's metric. */
export const estimateSchema = z.strictObject({
  mean: z.number(),
  /** Ends of the 95 % interval; null where a single value defines none. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  basis: z.enum(intervalBases),
  /** How the interval was made, in words. */
  method: z.string(),
  /** Of Student's t; null where the interval is not built from it. */
  degreesOfFreedom: z.number().nullable(),
  seeds: z.int().positive(),
  /** Episodes or test examples. */
  items: z.int().positive(),
  /** Parts of the variance of one value, by the two-way random-effects model; null with one seed. */
  components: z.strictObject({ seed: z.number(), item: z.number(), residual: z.number() }).nullable(),
});
export type Estimate = z.infer<typeof estimateSchema>;

/** A paired difference with its 95 % interval and two-sided, uncorrected p. A single value has no error, and p = 1. */
export const differenceSchema = z.strictObject({
  difference: z.number(),
  standardError: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  basis: z.enum(intervalBases),
  /** Seeds that both sides have. */
  seeds: z.int().positive(),
  degreesOfFreedom: z.number().nullable(),
  p: z.number(),
});
export type Difference = z.infer<typeof differenceSchema>;
