import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { forTerminal } from "../terminal.ts";
import type { Terminal } from "../terminal.ts";

/** A few lines that follow what happens, below lines that stay. */
export interface LiveLines {
  /** Writes a line that stays. */
  say(line: string): void;
  /** Shows the lines as they are now. */
  refresh(): void;
  /** Makes room for what another writes; the lines come back with the next look. */
  clear(): void;
  stop(): void;
}

/** Milliseconds between two drawings. */
const pause = 100;

/** Lines redrawn in place where someone watches; elsewhere, in a log, a line now and then. */
export function liveLines(lines: () => readonly string[], terminal: Terminal): LiveLines {
  return terminal.interactive ? redrawnLines(lines) : loggedLines(lines, terminal);
}

/** Lines redrawn in place on standard error, which must be a terminal; a second passes in them without an event too. */
function redrawnLines(lines: () => readonly string[]): LiveLines {
  const stream = process.stderr;
  let drawn = 0;
  let last = 0;
  const erase = () => {
    if (drawn > 0) stream.write(`\u001B[${String(drawn)}A\u001B[0J`);
    drawn = 0;
  };
  const draw = () => {
    const text = lines()
      .slice(0, Math.max(1, stream.rows - 2))
      .map((line) => shortened(line, stream.columns - 1));
    erase();
    if (text.length > 0) stream.write(`${forTerminal(text.join("\n"))}\n`);
    drawn = text.length;
    last = Date.now();
  };
  const heartbeat = setInterval(draw, 1000).unref();
  return {
    say(line) {
      erase();
      stream.write(`${forTerminal(line)}\n`);
      draw();
    },
    refresh() {
      if (Date.now() - last >= pause) draw();
    },
    clear: erase,
    stop() {
      clearInterval(heartbeat);
      erase();
    },
  };
}

/** A line that wraps could not be erased. */
function shortened(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length <= columns ? line : `${plain.slice(0, Math.max(0, columns - 1))}…`;
}

/** Milliseconds between two looks in a log: short at first, so that one sees that it lives; then longer, so that it stays readable. */
const firstPause = 10_000;
const longestPause = 120_000;

function loggedLines(lines: () => readonly string[], { note }: Pick<Terminal, "note">): LiveLines {
  let pause = firstPause;
  let next = Date.now() + pause;
  return {
    say: (line) => note(line),
    refresh() {
      if (Date.now() < next) return;
      pause = Math.min(pause * 1.5, longestPause);
      next = Date.now() + pause;
      const text = lines();
      if (text.length > 0) note(text.join("\n"));
    },
    clear: () => undefined,
    stop: () => undefined,
  };
}
