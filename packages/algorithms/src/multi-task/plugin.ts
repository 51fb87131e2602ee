import { defineAlgorithm, type AlgorithmPlugin } from "@metabench/core";
import { z } from "zod";
import type { Architecture } from "./architecture.ts";
import { multiTaskLearner } from "./learner.ts";
import { misplaced, settleWeighting, weightingFields } from "./weighting-options.ts";
import { weightings } from "./weightings/index.ts";

const training = {
  batchSize: z.int().min(1).default(128).describe("Images an update."),
  rate: z.number().positive().default(0.05).describe("The learning rate at the start."),
  decay: z
    .enum(["none", "linear"])
    .default("linear")
    .describe("Whether the rate stays, or falls in a straight line to 0 at the end of the budget."),
  momentum: z.number().min(0).lt(1).default(0.9).describe("What of the last update the next one keeps."),
  weightDecay: z.number().min(0).default(1e-3).describe("How strongly an update draws weights towards 0."),
  clipNorm: z.number().positive().default(2).describe("Gradients of a longer norm are shortened to it."),
};

/** The plugin of an architecture, with the options `weighting` and `weightingOptions`. */
export function weightedAlgorithm(architecture: Architecture): AlgorithmPlugin<"multi-task"> {
  return defineAlgorithm({
    ...architecture,
    regime: "multi-task",
    target: ["class", "values"],
    options: z
      .strictObject({ ...weightingFields, ...training }, { error: misplaced })
      .transform(settleWeighting),
    label: ({ weighting }) => `${architecture.title}, ${weightings[weighting].title}`,
    create: (context, { weighting, weightingOptions, ...options }) =>
      multiTaskLearner(context, architecture, weightings[weighting], { ...options, weightingOptions }),
  });
}

/** The plugin of an architecture whose tasks have nothing in common: no weighting makes a difference that matters. */
export function separateAlgorithm(architecture: Architecture): AlgorithmPlugin<"multi-task"> {
  return defineAlgorithm({
    ...architecture,
    regime: "multi-task",
    target: ["class", "values"],
    options: z.strictObject(training),
    create: (context, options) => multiTaskLearner(context, architecture, weightings.equal, options),
  });
}
