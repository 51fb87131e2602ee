import process from "node:process";
import { fileUnderImport } from "../plugins/index.ts";
import { exitCodes } from "./exit-codes.ts";

const endedDuringImport = (file: string, code: number) =>
  `error (invalid-plugin): The process ended with exit code ${String(code)} while ${file} was imported. ` +
  "Let the file's top level finish: do not await a promise that never settles, and do not throw in a callback.";

const endedLater = (code: number) =>
  `error (contract-broken): The process ended with exit code ${String(code)} before the command was done. ` +
  "Remove process.exit() from the plugins, and fix what they throw in callbacks and timers.";

/**
 * Until the command finishes, reports any exit of the process, such as a plugin's `process.exit(0)`, and makes the exit code a failure. The command handles interruptions itself.
 */
export function watchForEarlyEnd(say: (text: string) => void): { release(): void } {
  const onExit = (code: number) => {
    if (code === exitCodes.interrupted) return;
    const file = fileUnderImport();
    say(file === null ? endedLater(code) : endedDuringImport(file, code));
    process.exitCode = file === null ? exitCodes.incomplete : exitCodes.usage;
  };
  process.on("exit", onExit);
  return {
    release: () => {
      process.off("exit", onExit);
    },
  };
}
