import type { SuiteEntry } from "@metabench/core";

type Choices = SuiteEntry["algorithms"];

/** Algorithms with their default options. */
const plain = (...ids: readonly string[]): Choices => ids.map((id) => ({ id, options: {} }));

/** A short list for few-shot classification: learners of each family, the reference and the controls. */
export const fewShot = plain(
  "prototypical-networks",
  "maml",
  "baseline",
  "from-scratch",
  "random-features",
  "pixel-centroids",
  "chance",
);

/** Every built-in learner and control for few-shot classification, those first whose numbers are asked for most. */
export const everyFewShot = plain(
  "prototypical-networks",
  "maml",
  "anil",
  "reptile",
  "r2d2",
  "baseline-plus-plus",
  "simple-shot",
  "umtl",
  "from-scratch",
  "random-features",
  "pixel-centroids",
  "chance",
  "baseline",
  "matching-networks",
  "relation-networks",
  "boil",
  "meta-sgd",
  "maml-plus-plus",
  "proto-maml",
);

const everyFewShotWith = (options: Readonly<Record<string, Choices[number]["options"]>>): Choices =>
  everyFewShot.map(({ id }) => ({ id, options: options[id] ?? {} }));

/**
 * The same for 20 ways, whose tasks have four times the images of those of 5 ways. Methods that learn through adaptation take fewer tasks per
 * update, so that the budget buys as many updates. ANIL's head takes more steps, since the gradient of a mean over 20 classes moves each a
 * quarter as far. Reptile's inner steps are those of its paper for 20 ways, which see each image of a task that the budget pays for; its
 * meta-step of a quarter averages over updates what the paper averages over five tasks. ANIL's steps and Reptile's meta-step were chosen on
 * Omniglot's validation split.
 */
export const everyFewShotAt20Ways = everyFewShotWith({
  maml: { metaBatch: 1 },
  anil: { metaBatch: 1, innerSteps: 5 },
  boil: { metaBatch: 1 },
  "meta-sgd": { metaBatch: 1 },
  "maml-plus-plus": { metaBatch: 1 },
  "proto-maml": { metaBatch: 1 },
  umtl: { metaBatch: 1 },
  reptile: { metaBatch: 1, metaStep: 0.25, innerBatch: 20, innerSteps: 10, innerRate: 0.0005 },
});

/** The same for 5 shots, where steps of 0.4 overshoot; these were chosen on CIFAR-FS's validation split. */
export const everyFewShotAt5Shots = everyFewShotWith({
  maml: { innerRate: 0.1 },
  anil: { innerRate: 0.1, innerSteps: 5 },
});

/** A short list for few-shot regression. */
export const regression = plain("maml", "pretrained", "oracle");

/** Every built-in learner and control for few-shot regression. */
export const everyRegression = plain("maml", "anil", "meta-sgd", "reptile", "pretrained", "oracle");

/** The reference of multi-task learning, and one shared network under three weightings. */
export const multiTask: Choices = [
  ...plain("single-task"),
  ...["equal", "uncertainty", "pcgrad"].map((weighting) => ({ id: "hard-sharing", options: { weighting } })),
];
