import { fewShot, type Check } from "../check.ts";

/** `adapt` yields a predictor before the first step and after each one, or exactly one. */
export const steps: Check = {
  name: "steps",
  sentence:
    "adapt() yields a predictor before the first step and one after each, for as long as it is drawn from; or exactly one.",
  settings: fewShot,
  look({ make }) {
    const specimen = make();
    if (specimen.adaptation === null) return null;
    const { curve } = specimen.adaptation;
    const asked = [0, 1].map((task) => specimen.ask({ task, steps: curve }).length);
    const [first = 0, second = 0] = asked;
    if (first !== second)
      return `adapt() yielded ${String(first)} predictors for one task and ${String(second)} for the next; yield one a step.`;
    if (first === 1 || first === curve.length) return null;
    return `adapt() ended after ${String(first)} predictors, ${String(curve.length)} were to be drawn; go on for as long as the harness draws (iterate of @metabench/algorithms/nn does), since it decides when to stop.`;
  },
};
