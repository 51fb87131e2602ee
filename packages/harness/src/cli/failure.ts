import { inspect } from "node:util";
import { MetabenchError } from "@metabench/core";
import { describeThrown, isPluginsOwn } from "../plugins/index.ts";

/**
 * An error as the command line shows it: code and message, no stack trace, unless `debug` asks for all there is.
 */
export function describeFailure(error: unknown, debug: boolean): string {
  if (debug) return `error: ${inspect(error, { depth: 5 })}`;
  if (error instanceof MetabenchError) return `error (${error.code}): ${error.message}`;
  if (isPluginsOwn(error)) return `error: A plugin threw ${describeThrown(error)} Fix it there.`;
  const message = error instanceof Error ? error.message : String(error);
  return `error: ${message}\nThis is an error in metabench itself. Run the command again with METABENCH_DEBUG=1 and report what it prints.`;
}
