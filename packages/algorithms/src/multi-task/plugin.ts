import { defineAlgorithm, type AlgorithmPlugin } from "@metabench/core";
import { z } from "zod";
import type { Architecture } from "./architecture.ts";
import { multiTaskLearner } from "./learner.ts";
import { weightings, type WeightingId } from "./weightings/index.ts";

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

const weightingIds = Object.keys(weightings) as [WeightingId, ...WeightingId[]];

/** The plugin of an architecture, with the option `weighting`. */
export function weightedAlgorithm(architecture: Architecture): AlgorithmPlugin<"multi-task"> {
  return defineAlgorithm({
    ...architecture,
    setting: "multi-task",
    options: z.strictObject({
      weighting: z.enum(weightingIds).default("equal").describe("How the gradients of the tasks become one."),
      ...training,
    }),
    label: ({ weighting }) => `${architecture.title}, ${weightings[weighting].title}`,
    create: (context, { weighting, ...options }) =>
      multiTaskLearner(context, architecture, weightings[weighting], options),
  });
}

/** The plugin of an architecture whose tasks have nothing in common: no weighting makes a difference that matters. */
export function separateAlgorithm(architecture: Architecture): AlgorithmPlugin<"multi-task"> {
  return defineAlgorithm({
    ...architecture,
    setting: "multi-task",
    options: z.strictObject(training),
    create: (context, options) => multiTaskLearner(context, architecture, weightings.equal, options),
  });
}
