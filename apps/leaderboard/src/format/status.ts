import type { TrialRecord } from "@metabench/core";

const words: Readonly<Record<TrialRecord["status"], string>> = {
  completed: "completed",
  failed: "failed",
  "timed-out": "timed out",
  "out-of-memory": "out of memory",
  invalid: "invalid result",
  cancelled: "cancelled",
};

/** A trial's outcome in words. */
export const inWords = (status: TrialRecord["status"]): string => words[status];
