import { MetabenchError } from "@metabench/core";

/** Errors that concern one trial only, so that work on the others can continue. */
const codes: ReadonlySet<string> = new Set([
  "store-failed",
  "invalid-record",
  "invalid-options",
  "plugin-not-found",
  "data-missing",
  "data-corrupt",
  "download-failed",
]);

/** Whether an error of this code is one trial's own. */
export const isOwnCode = (code: string): boolean => codes.has(code);

/** Whether work on one stored trial failed for a reason that says nothing of the others. */
export function isOwnError(error: unknown): error is MetabenchError {
  return error instanceof MetabenchError && isOwnCode(error.code);
}
