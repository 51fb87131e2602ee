import process from "node:process";
import colours from "picocolors";
import type { StandardOutput } from "./standard-output.ts";

/** Where a command's words go: data to standard output, everything else to standard error. */
export interface Terminal {
  /** Data, what the command was run for. */
  out(text: string): void;
  /** Notes, progress, warnings. */
  note(text: string): void;
  /** Whether notes are read by someone who sees lines being redrawn. */
  readonly interactive: boolean;
  readonly colours: ReturnType<typeof colours.createColors>;
}

/** The terminal of this process. */
export function processTerminal(output: StandardOutput): Terminal {
  return {
    out: (text) => {
      output.write(`${text}\n`);
    },
    note: (text) => void process.stderr.write(`${text}\n`),
    interactive: process.stderr.isTTY && process.env["CI"] === undefined && process.env["TERM"] !== "dumb",
    colours,
  };
}
