import { MetabenchError } from "../errors.ts";
import type { JsonObject } from "../plugin/manifest.ts";
import type { ProtocolDefinition } from "./definition.ts";
import { fewShotProtocols } from "./few-shot.ts";
import { multiTaskProtocols } from "./multi-task.ts";
import type { Tier } from "./protocol.ts";

/** One entry of a suite: algorithms to run on a protocol. */
export interface SuiteEntry {
  readonly protocol: string;
  readonly algorithms: readonly { readonly id: string; readonly options: JsonObject }[];
}

/** A named selection of protocols and algorithms at one tier. */
export interface Suite {
  readonly id: string;
  readonly tier: Tier;
  readonly title: string;
  readonly entries: readonly SuiteEntry[];
}

/** Every built-in protocol. */
export const protocols: readonly ProtocolDefinition[] = [...fewShotProtocols, ...multiTaskProtocols];

/**
 * A built-in protocol by id.
 *
 * @throws MetabenchError `invalid-protocol` for an unknown id, with those that exist
 */
export function findProtocol(id: string): ProtocolDefinition {
  const found = protocols.find((protocol) => protocol.id === id);
  if (found) return found;
  throw new MetabenchError(
    "invalid-protocol",
    `There is no protocol "${id}". Choose one of ${protocols.map((protocol) => protocol.id).join(", ")}.`,
  );
}

const plain = (...ids: readonly string[]) => ids.map((id) => ({ id, options: {} }));
const fewShot = plain(
  "prototypical-networks",
  "maml",
  "baseline",
  "from-scratch",
  "random-features",
  "pixel-centroids",
  "chance",
);
const at20Ways: Readonly<Record<string, JsonObject>> = {
  maml: { metaBatch: 1 },
  anil: { metaBatch: 1, innerSteps: 5 },
  boil: { metaBatch: 1 },
  "meta-sgd": { metaBatch: 1 },
  "maml-plus-plus": { metaBatch: 1 },
  "proto-maml": { metaBatch: 1 },
  umtl: { metaBatch: 1 },
  reptile: { metaBatch: 1, metaStep: 0.25, innerBatch: 20, innerSteps: 10, innerRate: 0.0005 },
};
const at5Shots: Readonly<Record<string, JsonObject>> = {
  maml: { innerRate: 0.1 },
  anil: { innerRate: 0.1, innerSteps: 5 },
};
/** Every built-in learner and control for few-shot classification, those first whose numbers are asked for most. */
const everyFewShot = plain(
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
const withOptions = (options: Readonly<Record<string, JsonObject>>) =>
  everyFewShot.map(({ id }) => ({ id, options: options[id] ?? {} }));
/**
 * The same for 20 ways, whose tasks have four times the images of those of 5. Methods that learn through adaptation take fewer tasks an
 * update, so that the budget buys as many updates. ANIL's head takes more steps, since the gradient of a mean over 20 classes moves each
 * a quarter as far; both were looked at on Omniglot's validation split. Reptile's inner steps are those of its paper for 20 ways, which see
 * each image of a task that the budget pays for; its meta-step of a quarter averages over updates what the paper averages over five tasks,
 * and was looked at there too.
 */
const everyFewShotAt20Ways = withOptions(at20Ways);
/** The same for 5 shots, where steps of 0.4 overshoot; those here were looked at on CIFAR-FS's validation split. */
const everyFewShotAt5Shots = withOptions(at5Shots);
const regression = plain("maml", "pretrained", "oracle");
/** Every built-in learner and control for few-shot regression. */
const everyRegression = plain("maml", "anil", "meta-sgd", "reptile", "pretrained", "oracle");
const multiTask = [
  ...plain("single-task"),
  ...["equal", "uncertainty", "pcgrad"].map((weighting) => ({ id: "hard-sharing", options: { weighting } })),
];

/** Every built-in suite. */
export const suites: readonly Suite[] = [
  {
    id: "quick",
    tier: "quick",
    title: "Few-shot, regression and multi-task learning on embedded data, in minutes",
    entries: [
      { protocol: "few-shot/double-mnist-28/5w1s", algorithms: fewShot },
      { protocol: "few-shot/sinusoid/10-shot", algorithms: regression },
      { protocol: "multi-task/multi-mnist", algorithms: multiTask },
    ],
  },
  {
    id: "standard",
    tier: "standard",
    title: "The same methods on Omniglot, sinusoids and MultiMNIST, three seeds each, in hours",
    entries: [
      { protocol: "few-shot/omniglot-vinyals/5w1s", algorithms: fewShot },
      { protocol: "few-shot/sinusoid/10-shot", algorithms: regression },
      { protocol: "multi-task/multi-mnist", algorithms: multiTask },
    ],
  },
  {
    id: "few-shot-quick",
    tier: "quick",
    title: "Every few-shot learner and control, on embedded data, Omniglot and sinusoids, in minutes each",
    entries: [
      { protocol: "few-shot/double-mnist-28/5w1s", algorithms: everyFewShot },
      { protocol: "few-shot/omniglot-vinyals/5w1s", algorithms: everyFewShot },
      { protocol: "few-shot/sinusoid/10-shot", algorithms: everyRegression },
    ],
  },
  {
    id: "few-shot-standard",
    tier: "standard",
    title:
      "Every few-shot learner and control on Omniglot, CIFAR-FS and sinusoids, three seeds each, in days",
    entries: [
      { protocol: "few-shot/omniglot-vinyals/5w1s", algorithms: everyFewShot },
      { protocol: "few-shot/omniglot-vinyals/20w1s", algorithms: everyFewShotAt20Ways },
      { protocol: "few-shot/cifar-fs/5w1s", algorithms: everyFewShot },
      { protocol: "few-shot/cifar-fs/5w5s", algorithms: everyFewShotAt5Shots },
      { protocol: "few-shot/sinusoid/10-shot", algorithms: everyRegression },
    ],
  },
];

/**
 * A built-in suite by id.
 *
 * @throws MetabenchError `invalid-protocol` for an unknown id, with those that exist
 */
export function findSuite(id: string): Suite {
  const found = suites.find((suite) => suite.id === id);
  if (found) return found;
  throw new MetabenchError(
    "invalid-protocol",
    `There is no suite "${id}". Choose one of ${suites.map((suite) => suite.id).join(", ")}.`,
  );
}
