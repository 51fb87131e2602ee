import { defineProtocol } from "@metabench/core";

/** Passes over the 10,799 training pupils of a split, with ten looks at the validation split. */
const passes = (count: number) => ({ images: count * 10_799, validateEvery: Math.round(count * 1079.9) });

/** Multi-task regression of examination scores: 139 schools with pupils of their own. */
export const schoolProtocol = defineProtocol({
  kind: "multi-task",
  id: "multi-task/school",
  version: 1,
  title: "School, examination scores of 139 schools",
  summary:
    "Each school is a task with pupils of its own: predict a pupil's examination score from 28 numbers. Tests a quarter of each school's pupils.",
  dataset: { id: "school" },
  backbone: { id: "multilayer-perceptron", options: { hidden: [32] } },
  tiers: {
    quick: { seeds: 1, budget: passes(10) },
    standard: { seeds: 3, budget: passes(100) },
    full: { seeds: 5, budget: passes(300) },
  },
});
