import { inspect } from "node:util";
import { MetabenchError, printable } from "@metabench/core";
import { describeThrown, isPluginsOwn } from "../plugins/index.ts";

/**
 * An error as the command line shows it: code and message, no stack trace, unless `debug` asks for all there is.
 */
export const describeFailure = (error: unknown, debug: boolean): string =>
  // What an error says comes from plugins and files: not even colours are meant.
  printable(wordsFor(error, debug), { lines: true });

function wordsFor(error: unknown, debug: boolean): string {
  if (debug) return `error: ${inspect(error, { depth: 5 })}`;
  if (error instanceof MetabenchError) return `error (${error.code}): ${error.message}`;
  if (isPluginsOwn(error)) return `error: A plugin threw ${describeThrown(error)} Fix it there.`;
  const message = error instanceof Error ? error.message : String(error);
  return `error: ${message}\nThis is an error in metabench itself. Run the command again with METABENCH_DEBUG=1 and report what it prints.`;
}
