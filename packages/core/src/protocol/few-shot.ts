import { defineProtocol, type ProtocolDefinition } from "./definition.ts";
import type { FewShotClassificationProtocol, FewShotRegressionProtocol, Protocol, Tier } from "./protocol.ts";

type SharedByTiers =
  "kind" | "id" | "version" | "title" | "summary" | "dataset" | "shots" | "queries" | "curveSteps";

const conv4 = (width: number) => ({ id: "conv4", options: { width } });

interface ImageSet {
  readonly slug: string;
  readonly name: string;
  readonly dataset: { readonly id: string; readonly options: Record<string, string | number> };
  readonly validationClasses: number;
  /** Training images and those between validations, where they are not those of small grey images. */
  readonly budgets?: Readonly<Record<Tier, Protocol["budget"]>>;
}

const smallGrey: Readonly<Record<Tier, Protocol["budget"]>> = {
  quick: { images: 80_000, validateEvery: 16_000 },
  standard: { images: 480_000, validateEvery: 48_000 },
  full: { images: 19_200_000, validateEvery: 320_000 },
};

const omniglot: ImageSet = {
  slug: "omniglot-vinyals",
  name: "Omniglot (Vinyals' split)",
  dataset: { id: "omniglot", options: { split: "vinyals" } },
  validationClasses: 688,
};
const doubleMnist = (size: 28 | 64): ImageSet => ({
  slug: size === 64 ? "double-mnist" : `double-mnist-${String(size)}`,
  name: `DoubleMNIST ${String(size)}×${String(size)}`,
  dataset: { id: "double-mnist", options: { size } },
  validationClasses: 16,
});

/**
 * Budgets of colour images. Conv4-64 takes 1 to 2.5 ms of a core to train on an image of 32×32×3 (prototypical networks, MAML), so as many
 * images as of small grey ones make 8 to 20 minutes of training at `standard`; methods that take gradient steps in testing need
 * up to as much again for their 1,000 episodes. `quick`, at half the width, is a minute.
 */
const colour32: Readonly<Record<Tier, Protocol["budget"]>> = {
  ...smallGrey,
  quick: { images: 40_000, validateEvery: 10_000 },
};
const cifar100 = (view: "cifar-fs" | "fc100", name: string, validationClasses: number): ImageSet => ({
  slug: view,
  name,
  dataset: { id: "cifar-100", options: { view } },
  validationClasses,
  budgets: colour32,
});

/**
 * Budgets of 84×84×3, which cost seven times as much as 32×32×3 (35 ms of a core to train on an image, 12 ms to embed one): 20,000
 * images make 12 minutes, two validations of at most 9,600 images and a test of 12,000 up to 6 more. That is far from converged;
 * `full` is what a published number asks for.
 */
const colour84: Readonly<Record<Tier, Protocol["budget"]>> = {
  quick: { images: 8000, validateEvery: 4000 },
  standard: { images: 20_000, validateEvery: 10_000 },
  full: { images: 19_200_000, validateEvery: 320_000 },
};
const miniImagenet: ImageSet = {
  slug: "mini-imagenet",
  name: "mini-ImageNet",
  dataset: { id: "mini-imagenet", options: { split: "ravi" } },
  validationClasses: 16,
  budgets: colour84,
};

function classification(set: ImageSet, ways: number, shots: number): ProtocolDefinition {
  const summary =
    `${String(ways)} classes never seen in training, ${String(shots)} labelled image${shots === 1 ? "" : "s"} of each; ` +
    `15 further images of each are to be told apart.`;
  const { budgets = smallGrey } = set;
  return defineProtocol<FewShotClassificationProtocol, SharedByTiers | "ways" | "validationWays">(
    {
      kind: "few-shot-classification",
      id: `few-shot/${set.slug}/${String(ways)}w${String(shots)}s`,
      version: 1,
      title: `${set.name}, ${String(ways)}-way ${String(shots)}-shot`,
      summary,
      dataset: set.dataset,
      ways,
      shots,
      queries: 15,
      validationWays: Math.min(ways, set.validationClasses),
      curveSteps: 10,
    },
    {
      quick: {
        backbone: conv4(32),
        seeds: 1,
        budget: budgets.quick,
        validationEpisodes: 100,
        testEpisodes: 200,
      },
      standard: {
        backbone: conv4(64),
        seeds: 3,
        budget: budgets.standard,
        validationEpisodes: 200,
        testEpisodes: 1000,
      },
      full: {
        backbone: conv4(64),
        seeds: 5,
        budget: budgets.full,
        validationEpisodes: 200,
        testEpisodes: 2000,
      },
    },
  );
}

function sinusoid(shots: number): ProtocolDefinition {
  return defineProtocol<FewShotRegressionProtocol, SharedByTiers | "backbone">(
    {
      kind: "few-shot-regression",
      id: `few-shot/sinusoid/${String(shots)}-shot`,
      version: 1,
      title: `Sinusoids, ${String(shots)}-shot`,
      summary: `A sine wave of unknown amplitude and phase is to be predicted from ${String(shots)} of its points.`,
      dataset: { id: "sinusoid", options: {} },
      backbone: { id: "multilayer-perceptron", options: { hidden: [40, 40] } },
      shots,
      queries: 100,
      curveSteps: 10,
    },
    {
      quick: {
        seeds: 1,
        budget: { images: 2_000_000, validateEvery: 500_000 },
        validationEpisodes: 100,
        testEpisodes: 200,
      },
      standard: {
        seeds: 3,
        budget: { images: 15_000_000, validateEvery: 1_500_000 },
        validationEpisodes: 200,
        testEpisodes: 1000,
      },
      full: {
        seeds: 5,
        budget: { images: 35_000_000, validateEvery: 3_500_000 },
        validationEpisodes: 200,
        testEpisodes: 2000,
      },
    },
  );
}

/** Few-shot protocols: classification of images, regression of functions. */
export const fewShotProtocols: readonly ProtocolDefinition[] = [
  ...[
    doubleMnist(28),
    doubleMnist(64),
    omniglot,
    cifar100("cifar-fs", "CIFAR-FS", 16),
    cifar100("fc100", "FC100", 20),
    miniImagenet,
  ].flatMap((set) => [classification(set, 5, 1), classification(set, 5, 5), classification(set, 20, 1)]),
  ...[5, 10, 20].map(sinusoid),
];
