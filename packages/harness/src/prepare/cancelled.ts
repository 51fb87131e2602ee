import { MetabenchError } from "@metabench/core";

/** @throws MetabenchError `cancelled` once the signal is aborted */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true)
    throw new MetabenchError("cancelled", "The preparation was cancelled. Run it again to go on.", {
      cause: signal.reason,
    });
}
