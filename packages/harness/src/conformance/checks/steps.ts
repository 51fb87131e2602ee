import type { Check } from "../check.ts";

/** `adapt` yields a predictor before the first step and after each one, or exactly one. */
export const steps: Check = {
  name: "steps",
  sentence:
    "adapt() yields a predictor before the first step and one after each, for as long as the harness asks for more; or exactly one.",
  applies: "adapting",
  look({ make }) {
    const specimen = make();
    if (specimen.adaptation === null) return null;
    const { curve } = specimen.adaptation;
    const asked = [0, 1].map((task) => specimen.ask({ task, steps: curve }).length);
    const [first = 0, second = 0] = asked;
    if (first !== second)
      return `adapt() yielded ${String(first)} predictors for one task and ${String(second)} for the next; yield one per step.`;
    if (first === 1 || first === curve.length) return null;
    return `adapt() ended after ${String(first)} of ${String(curve.length)} predictors; continue for as long as the harness asks for more (iterate of @metabench/algorithms/nn does), since the harness decides when to stop.`;
  },
};
