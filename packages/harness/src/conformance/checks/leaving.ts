import { takeSnapshot } from "../../learner/index.ts";
import type { Check, Subject } from "../check.ts";
import { changedVariable, contradicted } from "../difference.ts";

function leftEarly(make: Subject["make"]): string | null {
  const specimen = make();
  if (specimen.adaptation === null) return null;
  const before = takeSnapshot(specimen.learner);
  const asked = specimen.ask();
  specimen.leave();
  const changed = changedVariable(before, takeSnapshot(specimen.learner));
  if (changed !== null)
    return `Variable "${changed}" stays changed when adapt() is left after its first predictor; adapt a copy, or restore it in a finally block.`;
  return contradicted(asked, specimen.ask()) !== undefined
    ? "After adapt() was left at its first predictor, the next adaptation gives other results; start each one from the same state, whether or not the last one finished."
    : null;
}

/** Adaptation can be left between any two predictors. */
export const leaving: Check = {
  name: "leaving",
  sentence: "Adaptation can be left after any step without a trace.",
  applies: "adapting",
  look: ({ make }) => leftEarly(make),
};
