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

/** Adds up the time of operations by name. */
export interface OperationClock {
  /** Runs one operation and counts its time, less that of operations inside it. */
  time<T>(operation: string, run: () => T): T;
  /** What was counted since the last lap (or since the clock was made), and begins anew. */
  lap(): OperationTimes;
}

/**
 * A clock for operations that run one after the other or inside one another, never side by side.
 *
 * @param now milliseconds from any start
 */
export function operationClock(now: () => number = () => performance.now()): OperationClock {
  let counted = new Map<string, { calls: number; milliseconds: number }>();
  let since = now();
  /** Milliseconds of the operations that ended inside the one under way. */
  let inside = 0;
  return {
    time(operation, run) {
      const outer = inside;
      inside = 0;
      const began = now();
      try {
        return run();
      } finally {
        const took = now() - began;
        const entry = counted.get(operation) ?? { calls: 0, milliseconds: 0 };
        entry.calls += 1;
        entry.milliseconds += took - inside;
        counted.set(operation, entry);
        inside = outer + took;
      }
    },
    lap() {
      const operations = [...counted]
        .map(([operation, { calls, milliseconds }]) => ({ operation, calls, milliseconds }))
        .sort((a, b) => b.milliseconds - a.milliseconds);
      const end = now();
      const times = { milliseconds: end - since, operations };
      counted = new Map();
      since = end;
      return times;
    },
  };
}
