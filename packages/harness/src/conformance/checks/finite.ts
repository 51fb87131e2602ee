import { takeSnapshot } from "../../learner/index.ts";
import type { Check } from "../check.ts";
import { update } from "../update.ts";

/** Losses, variables and predictions are finite numbers. */
export const finite: Check = {
  name: "finite",
  sentence:
    "Losses, variables and predictions stay finite over the first updates, two test tasks and their curves.",
  applies: "all",
  look({ make }) {
    const specimen = make();
    for (const [at, losses] of update(specimen, 3).entries())
      for (const [name, value] of Object.entries(losses))
        if (!Number.isFinite(value))
          return `Loss "${name}" is ${String(value)} at update ${String(at + 1)}; look for a division by zero or the logarithm of zero, lower the learning rate, or clip the gradients.`;
    for (const [name, values] of Object.entries(takeSnapshot(specimen.learner)))
      if (!values.every((value) => Number.isFinite(value)))
        return `Variable "${name}" is not finite after three updates; clip the gradients, and keep square roots and norms away from zero, where their derivatives are infinite.`;
    // The caller reports answers that are not finite.
    for (const task of [0, 1]) specimen.ask({ task, steps: specimen.adaptation?.curve ?? [] });
    return null;
  },
};
