import type { PublishedBand } from "./band.ts";

const omniglot5 = "few-shot/omniglot-vinyals/5w1s";
const omniglot20 = "few-shot/omniglot-vinyals/20w1s";
const cifarFs1 = "few-shot/cifar-fs/5w1s";
const cifarFs5 = "few-shot/cifar-fs/5w5s";
const miniImagenet1 = "few-shot/mini-imagenet/5w1s";
const miniImagenet5 = "few-shot/mini-imagenet/5w5s";

const maml = {
  algorithm: "maml",
  options: { order: 2 },
  transductive: true,
  source:
    "Finn, Abbeel, Levine 2017, and public re-runs. Queries are normalised with their own statistics. 60,000 updates.",
} as const;
const firstOrder = { ...maml, options: { order: 1 } } as const;
const prototypical = {
  algorithm: "prototypical-networks",
  transductive: false,
  source: "Snell, Swersky, Zemel 2017, and public re-runs.",
} as const;
const matching = {
  algorithm: "matching-networks",
  transductive: null,
  source: "Vinyals et al. 2016, and public re-runs.",
} as const;
const relation = {
  algorithm: "relation-networks",
  transductive: null,
  source: "Sung et al. 2018, and public re-runs.",
} as const;
const reptile = {
  algorithm: "reptile",
  transductive: false,
  source: "Nichol, Achiam, Schulman 2018, and public re-runs. 100,000 updates.",
} as const;
const anil = { algorithm: "anil", transductive: null, source: "Public re-runs." } as const;
const r2d2 = {
  algorithm: "r2d2",
  transductive: false,
  source: "Bertinetto et al. 2019, with 64 channels.",
  secondHand: true,
} as const;
const plusPlus = {
  algorithm: "baseline-plus-plus",
  transductive: false,
  source: "Chen et al. 2019, and public re-runs.",
} as const;
const multiMnist = {
  protocol: "multi-task/multi-mnist",
  transductive: false,
  secondHand: true,
} as const;
const sinusoid = {
  protocol: "few-shot/sinusoid/10-shot",
  transductive: false,
  source: "Finn, Abbeel, Levine 2017: mean squared error after 10 steps.",
  secondHand: true,
} as const;

/** CIFAR-FS is younger than most methods: what others ran on it, not the authors of the method. */
const onCifarFs = {
  source: "Bertinetto et al. 2019, who introduced the data set and ran the method on it, and public re-runs.",
  secondHand: true,
} as const;

/** A mean of two tasks, since a row's headline is the mean over tasks. */
const tasks = (left: number, right: number) => ({
  low: (left + right) / 2,
  high: (left + right) / 2,
  source: `The mean of left ${left.toFixed(2)} and right ${right.toFixed(2)}, as tabulated in the literature on task weightings.`,
});

/** What papers and public re-runs report. A protocol's budget is often far below theirs. */
export const publishedBands: readonly PublishedBand[] = [
  { ...maml, protocol: omniglot5, low: 97, high: 99, paper: 98.7, secondHand: true },
  { ...firstOrder, protocol: omniglot5, low: 97, high: 98.3 },
  { ...prototypical, protocol: omniglot5, low: 98, high: 99, paper: 98.8 },
  { ...reptile, protocol: omniglot5, low: 95.4, high: 95.4, secondHand: true },
  { ...matching, protocol: omniglot5, low: 98.1, high: 98.1 },
  { ...relation, protocol: omniglot5, low: 98, high: 99.6 },
  { ...maml, protocol: omniglot20, low: 92, high: 96, paper: 95.8, secondHand: true },
  { ...prototypical, protocol: omniglot20, low: 95, high: 96, paper: 96 },
  { ...reptile, protocol: omniglot20, low: 88, high: 89.4, transductive: null },
  { ...matching, protocol: omniglot20, low: 93.8, high: 93.8 },
  { ...maml, ...onCifarFs, protocol: cifarFs1, low: 56, high: 59 },
  { ...prototypical, ...onCifarFs, protocol: cifarFs1, low: 55, high: 56 },
  { ...r2d2, protocol: cifarFs1, low: 60, high: 60 },
  { ...relation, ...onCifarFs, protocol: cifarFs1, low: 55, high: 55 },
  { ...anil, protocol: cifarFs1, low: 56.2, high: 56.2 },
  { ...maml, ...onCifarFs, protocol: cifarFs5, low: 70, high: 74 },
  { ...prototypical, ...onCifarFs, protocol: cifarFs5, low: 72, high: 72 },
  { ...r2d2, protocol: cifarFs5, low: 76.1, high: 76.1 },
  { ...relation, ...onCifarFs, protocol: cifarFs5, low: 69.3, high: 69.3 },
  { ...anil, protocol: cifarFs5, low: 68.6, high: 68.6 },
  { ...maml, protocol: miniImagenet1, low: 46, high: 50 },
  { ...prototypical, protocol: miniImagenet1, low: 44, high: 49.5 },
  { ...plusPlus, protocol: miniImagenet1, low: 48, high: 51 },
  { ...matching, protocol: miniImagenet1, low: 43.6, high: 53 },
  { ...maml, protocol: miniImagenet5, low: 60, high: 65 },
  { ...prototypical, protocol: miniImagenet5, low: 64, high: 68.5 },
  { ...plusPlus, protocol: miniImagenet5, low: 63, high: 68 },
  { ...matching, protocol: miniImagenet5, low: 55, high: 66 },
  {
    ...maml,
    protocol: "few-shot/double-mnist/5w1s",
    low: 97,
    high: 97,
    source: "A public run of 100,000 updates, not converged; digits of test classes were seen in training.",
  },
  {
    ...maml,
    protocol: "few-shot/double-mnist/20w1s",
    low: 85.5,
    high: 85.5,
    source: "A public run of 100,000 updates, not converged; digits of test classes were seen in training.",
  },
  { ...sinusoid, algorithm: "maml", options: { order: 2 }, low: 0.35, high: 0.35 },
  { ...sinusoid, algorithm: "pretrained", low: 2.19, high: 2.19 },
  { ...multiMnist, algorithm: "single-task", ...tasks(97.23, 95.9) },
  {
    ...multiMnist,
    algorithm: "hard-sharing",
    options: { weighting: "equal" },
    ...tasks(96.46, 94.99),
  },
  {
    ...multiMnist,
    algorithm: "hard-sharing",
    options: { weighting: "uncertainty" },
    ...tasks(96.47, 95.29),
  },
  {
    ...multiMnist,
    algorithm: "hard-sharing",
    options: { weighting: "pcgrad" },
    ...tasks(96.58, 95.5),
  },
];
