import { defineProtocol, type Protocol, type ProtocolPlugin, type Tier } from "@metabench/core";

/** What the protocols on one data set of classified images share. */
export interface ClassImages {
  /** Its part of their ids. */
  readonly slug: string;
  readonly name: string;
  readonly dataset: { readonly id: string; readonly options: Record<string, string | number> };
  readonly validationClasses: number;
  /** Training images and those between validations; those of small grey images where it is left out. */
  readonly budgets?: Readonly<Record<Tier, Protocol["budget"]>>;
}

const smallGrey: Readonly<Record<Tier, Protocol["budget"]>> = {
  quick: { images: 80_000, validateEvery: 16_000 },
  standard: { images: 480_000, validateEvery: 48_000 },
  full: { images: 19_200_000, validateEvery: 320_000 },
};

const conv4 = (width: number) => ({ id: "conv4", options: { width } });

function classification(set: ClassImages, ways: number, shots: number): ProtocolPlugin {
  const { slug, name, dataset, validationClasses, budgets = smallGrey } = set;
  return defineProtocol({
    kind: "few-shot-classification",
    id: `few-shot/${slug}/${String(ways)}w${String(shots)}s`,
    version: 1,
    title: `${name}, ${String(ways)}-way ${String(shots)}-shot`,
    summary:
      `${String(ways)} classes never seen in training, ${String(shots)} labelled image${shots === 1 ? "" : "s"} of each; ` +
      `15 further images of each are to be told apart.`,
    dataset,
    backbone: conv4(64),
    ways,
    shots,
    queries: 15,
    validationWays: Math.min(ways, validationClasses),
    curveSteps: 10,
    tiers: {
      quick: {
        backbone: conv4(32),
        seeds: 1,
        budget: budgets.quick,
        validationEpisodes: 100,
        testEpisodes: 200,
      },
      standard: { seeds: 3, budget: budgets.standard, validationEpisodes: 200, testEpisodes: 1000 },
      full: { seeds: 5, budget: budgets.full, validationEpisodes: 200, testEpisodes: 2000 },
    },
  });
}

/** The three usual few-shot protocols on a data set: 5-way 1-shot, 5-way 5-shot and 20-way 1-shot. */
export const classImageProtocols = (set: ClassImages): readonly ProtocolPlugin[] => [
  classification(set, 5, 1),
  classification(set, 5, 5),
  classification(set, 20, 1),
];
