import type { Plan, RunEvent } from "../../execute/index.ts";
import type { Terminal } from "../terminal.ts";
import { outcome, statusLines } from "./lines.ts";
import { redrawnLines, type LiveLines } from "./live-lines.ts";
import { advance, initialState } from "./run-state.ts";

/** Shows how a run goes. */
export interface ProgressDisplay {
  onEvent(event: RunEvent): void;
  /** Ends the display; to be called however the run ended. */
  stop(): void;
}

/** Lines redrawn in place where someone watches; elsewhere, in a log, a line now and then. */
export function showProgress(plan: Plan, jobs: number, terminal: Terminal): ProgressDisplay {
  let state = initialState(plan, jobs);
  const lines = () => statusLines(state, jobs);
  const view = terminal.interactive ? redrawnLines(lines) : loggedLines(lines, terminal);
  return {
    onEvent(event) {
      state = advance(state, event);
      const last = state.finished.at(-1);
      if (event.type === "trial-finished" && last) {
        const mark =
          last.record.status === "completed" ? terminal.colours.green("✓") : terminal.colours.red("✗");
        view.say(
          `${mark} ${String(state.finished.length)}/${String(state.total)} ${last.trial.label}: ${outcome(last.record)}`,
        );
      }
      if (state.running.size > 0) view.refresh();
    },
    stop: () => view.stop(),
  };
}

/** Milliseconds between two looks in a log: short at first, so that one sees that it lives; then longer, so that it stays readable. */
const firstPause = 10_000;
const longestPause = 120_000;

function loggedLines(lines: () => readonly string[], terminal: Terminal): LiveLines {
  let pause = firstPause;
  let next = Date.now() + pause;
  return {
    say: (line) => terminal.note(line),
    refresh() {
      if (Date.now() < next) return;
      pause = Math.min(pause * 1.5, longestPause);
      next = Date.now() + pause;
      terminal.note(lines().join("\n"));
    },
    stop: () => undefined,
  };
}
