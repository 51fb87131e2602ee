import process from "node:process";
import { runCommandLine } from "./command-line.ts";
import { watchForEarlyEnd } from "./early-end.ts";
import { exitCodes } from "./exit-codes.ts";
import { keepStandardOutput } from "./standard-output.ts";
import { processTerminal } from "./terminal.ts";

const output = keepStandardOutput();
const terminal = processTerminal(output);
const earlyEnd = watchForEarlyEnd((text) => terminal.note(text));

// A reader that has seen enough, such as `head`, closes the pipe: no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  earlyEnd.release();
  process.exit(exitCodes.ok);
});

const debug = (process.env["METABENCH_DEBUG"] ?? "") !== "";
const code = await runCommandLine(process.argv.slice(2), terminal, debug);
await output.flushed();
earlyEnd.release();
// Not left to the event loop: a timer of a plugin's would keep a command alive that has done its work.
process.exit(code === exitCodes.ok ? process.exitCode : code);
