import process from "node:process";
import { runCommandLine } from "./command-line.ts";
import { exitCodes } from "./exit-codes.ts";
import { processTerminal } from "./terminal.ts";

// A reader that has seen enough, such as `head`, closes the pipe: no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(exitCodes.ok);
});

const debug = (process.env["METABENCH_DEBUG"] ?? "") !== "";
const code = await runCommandLine(process.argv.slice(2), processTerminal(), debug);
process.exitCode ??= code;
