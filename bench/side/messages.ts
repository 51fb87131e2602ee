import { z } from "zod";

/** What a side is told first: which workload to make ready. */
export interface StartRequest {
  readonly do: "start";
  readonly workload: string;
  readonly threads: number;
  /** File with the episodes of the meta-test, for the peer. */
  readonly episodes: string;
}

/** Asks for runs until `seconds` are over and at least `least` were made. */
export interface MeasureRequest {
  readonly do: "measure";
  readonly seconds: number;
  readonly least: number;
}

/** Answer to {@link StartRequest}. */
export const startedSchema = z.strictObject({
  parameters: z.int().nonnegative(),
  units: z.int().positive(),
  /** What does the work. */
  library: z.string(),
  versions: z.record(z.string(), z.string()),
});

/** Answer to {@link MeasureRequest}: the time of each run, and the loss (or other number) of the last one. */
export const measuredSchema = z.strictObject({
  milliseconds: z.array(z.number().positive()).min(1),
  /** Null where it is not finite, for which JSON has no word. */
  value: z.number().nullable(),
});

export type Started = z.infer<typeof startedSchema>;
export type Measured = z.infer<typeof measuredSchema>;
