import process from "node:process";
import { MetabenchError } from "@metabench/core";
import { exitCodes } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

/** One press of Ctrl-C may arrive twice: from the terminal, and passed on by the process that started us. Milliseconds. */
const sameInterruption = 500;

/** Ends the run in good order at the first interruption, and at once at the second. */
export function onInterruption(terminal: Terminal): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let first: number | undefined;
  const interrupt = () => {
    if (first === undefined) {
      first = Date.now();
      terminal.note(
        "\nStopping. Finished trials are kept, running ones can be continued. Interrupt again to end at once.",
      );
      controller.abort(
        new MetabenchError("cancelled", "Interrupted. Run the same command again to continue."),
      );
    } else if (Date.now() - first > sameInterruption) process.exit(exitCodes.interrupted);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    signal: controller.signal,
    release() {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
