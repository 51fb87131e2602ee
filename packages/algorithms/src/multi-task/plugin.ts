import { defineAlgorithm, type AlgorithmPlugin } from "@metabench/core";
import { z } from "zod";
import type { Architecture } from "./architecture.ts";
import { multiTaskLearner } from "./learner.ts";
import { weightings, type WeightingId } from "./weightings/index.ts";

const training = {
  batchSize: z.int().min(1).default(128),
  /** The learning rate at the start. */
  rate: z.number().positive().default(0.05),
  /** Whether the rate stays, or falls in a straight line to 0 at the end of the budget. */
  decay: z.enum(["none", "linear"]).default("linear"),
  momentum: z.number().min(0).lt(1).default(0.9),
  weightDecay: z.number().min(0).default(1e-3),
  /** Gradients of a longer norm are shortened to it. */
  clipNorm: z.number().positive().default(2),
};

const weightingIds = Object.keys(weightings) as [WeightingId, ...WeightingId[]];

/** The plugin of an architecture, with the option `weighting`. */
export function weightedAlgorithm(architecture: Architecture): AlgorithmPlugin<"multi-task"> {
  return defineAlgorithm({
    ...architecture,
    setting: "multi-task",
    options: z.strictObject({ weighting: z.enum(weightingIds).default("equal"), ...training }),
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
