import type { TrialRecord } from "@metabench/core";

const words: Readonly<Record<TrialRecord["status"], string>> = {
  completed: "completed",
  failed: "failed",
  "timed-out": "timed out",
  "out-of-memory": "out of memory",
  invalid: "invalid result",
  cancelled: "cancelled",
};

/** How a trial failed, as a sentence: what else there is to say of it than that it failed. */
export const failedInWords = (status: TrialRecord["status"]): string =>
  status === "failed" ? "Failed." : `Failed: ${words[status]}.`;

/** A trial's outcome in words. */
export const inWords = (status: TrialRecord["status"]): string => words[status];
