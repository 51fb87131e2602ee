import process from "node:process";
import { printable } from "@metabench/core";
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

/** Colour and weight, which the suite's own words have. */
const style = new RegExp(`(${String.fromCharCode(27)}\\[\\d{1,2}m)`);

/**
 * A text as it may be written to a terminal: it keeps its lines and colours. Everything else that would steer the terminal is written out,
 * since messages, logs and paths come from outside.
 */
export const forTerminal = (text: string): string =>
  text
    .split(style)
    .map((part, at) => (at % 2 === 1 ? part : printable(part, { lines: true })))
    .join("");

/** The terminal of this process. */
export function processTerminal(output: StandardOutput): Terminal {
  return {
    out: (text) => {
      output.write(`${forTerminal(text)}\n`);
    },
    note: (text) => void process.stderr.write(`${forTerminal(text)}\n`),
    interactive: process.stderr.isTTY && process.env["CI"] === undefined && process.env["TERM"] !== "dumb",
    colours,
  };
}
