import { CommanderError } from "commander";
import { exitCodeOf, exitCodes, type ExitCode } from "./exit-codes.ts";
import { describeFailure } from "./failure.ts";
import { createProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs one command line, and tells of whatever goes wrong.
 *
 * @param args without program and script
 * @param debug whether errors are shown with all there is to them
 * @returns the exit status, where the command itself has not set another
 */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  debug: boolean,
): Promise<ExitCode> {
  try {
    await createProgram(terminal).parseAsync(args, { from: "user" });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    terminal.note(describeFailure(error, debug));
    return exitCodeOf(error);
  }
}
