import { takeSnapshot } from "../../learner/index.ts";
import type { Check } from "../check.ts";
import { changedVariable } from "../difference.ts";
import { update } from "../update.ts";

/** Adaptation and prediction change neither parameters nor state. */
export const metaParameters: Check = {
  name: "meta-parameters",
  sentence: "Adaptation and prediction leave parameters and state as they were.",
  applies: "all",
  look({ make }) {
    const specimen = make();
    update(specimen, 1);
    const before = takeSnapshot(specimen.learner);
    // A learner may spare its first task.
    for (const task of [0, 1, 0]) specimen.ask({ task });
    const changed = changedVariable(before, takeSnapshot(specimen.learner));
    return changed === null
      ? null
      : `Variable "${changed}" is another after a test task; adapt a copy (descend and iterate of @metabench/algorithms/nn return new weights), and gather running statistics in train() only.`;
  },
};
