import type { Plan, RunEvent } from "../../execute/index.ts";
import type { Terminal } from "../terminal.ts";
import { outcome, statusLines } from "./lines.ts";
import { liveLines } from "./live-lines.ts";
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
  const view = liveLines(lines, terminal);
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
