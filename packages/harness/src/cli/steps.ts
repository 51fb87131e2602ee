import { duration } from "./run/durations.ts";
import { liveLines } from "./run/live-lines.ts";
import type { Terminal } from "./terminal.ts";

/** How far a command has come that does one thing after the other. */
export interface StepsState {
  /** What it does, such as "Explaining". */
  readonly what: string;
  readonly total: number;
  readonly finished: number;
  /** What is under way, or empty. */
  readonly current: string;
  /** Since it began, seconds. */
  readonly seconds: number;
}

/** A command that ends within this many seconds needs no progress. */
const short = 2;

/** "Explaining: 2 of 8 done, about 3 min left (MAML on …)"; nothing for the first seconds. */
export function stepLines({ what, total, finished, current, seconds }: StepsState): readonly string[] {
  if (seconds < short) return [];
  const left =
    finished === 0
      ? `${duration(seconds)} so far`
      : `about ${duration((seconds * (total - finished)) / finished)} left`;
  const count = total > 1 ? `${String(finished)} of ${String(total)} done, ` : "";
  return [`${what}: ${count}${left}${current === "" ? "" : ` (${current})`}`];
}

/** Progress of such a command, on standard error. */
export interface Steps {
  /** The command's terminal, whose words do not mix with the progress. */
  readonly terminal: Terminal;
  /** Says what is under way. */
  at(current: string): void;
  /** One step is done. */
  done(): void;
  /** Ends the display; to be called however the command ends. */
  stop(): void;
}

/** Milliseconds between two looks at the clock. */
const tick = 1000;

/** Shows the progress of a command: a line redrawn in place where someone watches, elsewhere one now and then. */
export function showSteps(what: string, total: number, terminal: Terminal): Steps {
  const began = performance.now();
  const state = { what, total, finished: 0, current: "" };
  const view = liveLines(
    () =>
      state.finished === total && total > 0
        ? []
        : stepLines({ ...state, seconds: (performance.now() - began) / 1000 }),
    terminal,
  );
  const heartbeat = setInterval(() => {
    view.refresh();
  }, tick).unref();
  const apart = (say: (text: string) => void) => (text: string) => {
    view.clear();
    say(text);
  };
  return {
    terminal: { ...terminal, out: apart(terminal.out), note: apart(terminal.note) },
    at(current) {
      state.current = current;
    },
    done() {
      state.finished += 1;
      state.current = "";
    },
    stop() {
      clearInterval(heartbeat);
      view.stop();
    },
  };
}

/** Runs one step that cannot tell how far it is. */
export async function withStep<T>(
  what: string,
  terminal: Terminal,
  step: (shown: Steps) => Promise<T>,
): Promise<T> {
  const shown = showSteps(what, 1, terminal);
  try {
    return await step(shown);
  } finally {
    shown.stop();
  }
}
