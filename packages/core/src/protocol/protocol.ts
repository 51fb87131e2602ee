import { z } from "zod";

/** Budgets of one protocol: minutes on two cores, hours on a CPU, or as published. Numbers of different tiers never share a table. */
export const tiers = ["quick", "standard", "full"] as const;
export type Tier = (typeof tiers)[number];

/** `closed`: the protocol fixes everything but the algorithm. `open`: something was changed, and the record says what. */
export const divisions = ["closed", "open"] as const;
export type Division = (typeof divisions)[number];

/** Says what a field must be where its value has another type. */
const expected = (form: string) => ({
  error: ({ code }: { readonly code?: string | undefined }) => (code === "invalid_type" ? form : undefined),
});
const wholeNumber = "a whole number, at least 1";
const count = z.int(wholeNumber).positive(wholeNumber);
const words = z.string(expected("text in quotes")).min(1);
const options = z.record(z.string(), z.json());

/** A plugin by id, and its options as given (defaults not filled in). */
export const pluginChoice = z.strictObject(
  { id: z.string(expected("the id of a plugin in quotes")), options },
  expected('a plugin by id and options, such as { id: "conv4", options: { width: 64 } }'),
);

/** What every protocol fixes. */
const fixed = {
  /** Address of the protocol, for instance `few-shot/omniglot-vinyals/5w1s`. */
  id: z
    .string(expected('an address in quotes, such as "my-lab/flags/5w1s"'))
    .regex(
      /^[a-z0-9-]+(\/[a-z0-9-]+)+$/,
      "two or more parts of lower-case letters, digits and hyphens, with / between them, such as my-lab/flags/5w1s",
    ),
  /** Open division: the protocol whose rules are followed on another data set or backbone. Absent otherwise. */
  basedOn: z.string().exactOptional(),
  /** Changes with any change of definition, and with it every trial's identity. */
  version: count,
  title: words,
  summary: words,
  tier: z.enum(tiers),
  division: z.enum(divisions),
  dataset: pluginChoice,
  backbone: pluginChoice,
  budget: z.strictObject(
    {
      /** Training images (points for functions) processed; not updates. */
      images: count,
      /** Images between two looks at the validation split; the best parameters are kept. */
      validateEvery: count,
    },
    expected("an object such as { images: 80_000, validateEvery: 16_000 }"),
  ),
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
