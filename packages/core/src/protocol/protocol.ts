import { z } from "zod";

/** Budgets of one protocol: minutes on two cores, hours on a CPU, or as published. Numbers of different tiers never share a table. */
export const tiers = ["quick", "standard", "full"] as const;
export type Tier = (typeof tiers)[number];

/** `closed`: the protocol fixes everything but the algorithm. `open`: something was changed, and the record says what. */
export const divisions = ["closed", "open"] as const;
export type Division = (typeof divisions)[number];

const count = z.int().positive();
const options = z.record(z.string(), z.json());

/** A plugin by id, and its options as given (defaults not filled in). */
export const pluginChoice = z.strictObject({ id: z.string(), options });

/** What every protocol fixes. */
const fixed = {
  /** Address of the protocol, for instance `few-shot/omniglot-vinyals/5w1s`. */
  id: z
    .string()
    .regex(
      /^[a-z0-9-]+(\/[a-z0-9-]+)+$/,
      "two or more parts of lower-case letters, digits and hyphens, with / between them, such as my-lab/flags/5w1s",
    ),
  /** Open division: the protocol whose rules are followed on another data set or backbone. Absent otherwise. */
  basedOn: z.string().exactOptional(),
  /** Changes with any change of definition, and with it every trial's identity. */
  version: count,
  title: z.string().min(1),
  summary: z.string().min(1),
  tier: z.enum(tiers),
  division: z.enum(divisions),
  dataset: pluginChoice,
  backbone: pluginChoice,
  budget: z.strictObject({
    /** Training images (points for functions) processed; not updates. */
    images: count,
    /** Images between two looks at the validation split; the best parameters are kept. */
    validateEvery: count,
  }),
  /** Training seeds of the tier: 0 … seeds − 1. */
  seeds: count,
} as const;

const fewShot = {
  /** Support examples a class (a function). */
  shots: count,
  /** Query examples a class (a function). */
  queries: count,
  /** Frozen episodes of the test split. */
  testEpisodes: count,
  /** Frozen episodes of the validation split, for selection. */
  validationEpisodes: count,
  /** Last step of the adaptation curve. */
  curveSteps: z.int().nonnegative(),
} as const;

/** Few-shot classification: classes are disjoint between the splits. */
export const fewShotClassificationProtocol = z.strictObject({
  kind: z.literal("few-shot-classification"),
  ...fixed,
  ...fewShot,
  ways: count,
  /** Ways of the validation episodes: the smaller of `ways` and the validation classes. */
  validationWays: count,
});

/** Few-shot regression on a family of functions. */
export const fewShotRegressionProtocol = z.strictObject({
  kind: z.literal("few-shot-regression"),
  ...fixed,
  ...fewShot,
});

/** Multi-task learning: all tasks are trained together, tested once on the whole test split. */
export const multiTaskProtocol = z.strictObject({ kind: z.literal("multi-task"), ...fixed });

/** A protocol at one tier: everything but the algorithm and the seed. */
export const protocolSchema = z.discriminatedUnion("kind", [
  fewShotClassificationProtocol,
  fewShotRegressionProtocol,
  multiTaskProtocol,
]);

/** A protocol at one tier: everything but the algorithm and the seed. */
export type Protocol = z.infer<typeof protocolSchema>;
export type FewShotClassificationProtocol = z.infer<typeof fewShotClassificationProtocol>;
export type FewShotRegressionProtocol = z.infer<typeof fewShotRegressionProtocol>;
export type MultiTaskProtocol = z.infer<typeof multiTaskProtocol>;
