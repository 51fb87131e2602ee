import { takeSnapshot } from "../../trial/checkpoint.ts";
import type { Check, Subject } from "../check.ts";
import { changedVariable, contradicted } from "../difference.ts";
import type { Specimen } from "../specimen.ts";
import { update } from "../update.ts";

function leftEarly(make: Subject["make"]): string | null {
  const specimen = make();
  if (specimen.adaptation === null) return null;
  const before = takeSnapshot(specimen.learner);
  const asked = specimen.ask();
  specimen.leave();
  const changed = changedVariable(before, takeSnapshot(specimen.learner));
  if (changed !== null)
    return `Variable "${changed}" stays changed when adapt() is left after its first predictor; adapt a copy, or put things back in a finally block.`;
  return contradicted(asked, specimen.ask()) !== undefined
    ? "After adapt() was left at its first predictor, the next adaptation comes out otherwise; start each one afresh, whether the last was finished or not."
    : null;
}

/** An aborted signal may end a call by its own error, or be ignored. */
function aborted(specimen: Specimen, call: "train" | "adapt"): string | null {
  specimen.abort();
  try {
    if (call === "train") update(specimen, 1);
    else specimen.ask();
    return null;
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return null;
    return `With context.signal aborted, ${call}() threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}; let throwIfAborted() be the only thing that a signal leads to.`;
  }
}

/** Work can be left at any time: adaptation after any step, and by the signal. */
export const leaving: Check = {
  name: "leaving",
  sentence:
    "Adaptation can be left after any step without a trace, and an aborted signal ends a call with its own error or not at all.",
  settings: ["few-shot-classification", "few-shot-regression", "multi-task"],
  look: ({ make }) => leftEarly(make) ?? aborted(make(), "train") ?? aborted(make(), "adapt"),
};
