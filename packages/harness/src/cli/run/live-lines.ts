import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { forTerminal } from "../terminal.ts";

/** A few lines that follow what happens, below lines that stay. */
export interface LiveLines {
  /** Writes a line that stays. */
  say(line: string): void;
  /** Shows the lines as they are now. */
  refresh(): void;
  stop(): void;
}

/** Milliseconds between two drawings. */
const pause = 100;

/** Lines redrawn in place on standard error, which must be a terminal; a second passes in them without an event too. */
export function redrawnLines(lines: () => readonly string[]): LiveLines {
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
    stream.write(`${forTerminal(text.join("\n"))}\n`);
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
