import { z } from "zod";
import { kindIds, type Kind } from "../axes/kind.ts";
import { MetabenchError } from "../errors.ts";
import { checkDefinition, describeIssues } from "../plugin/definition.ts";
import type { JsonObject } from "../plugin/manifest.ts";
import { didYouMean } from "../plugin/nearest.ts";
import { definitionSchemas } from "./definition-schema.ts";
import {
  protocolSchema,
  tiers,
  type FewShotClassificationProtocol,
  type FewShotRegressionProtocol,
  type MultiTaskProtocol,
  type Protocol,
  type Tier,
} from "./protocol.ts";

/** A plugin by id, and the options that the protocol sets; options left out keep their defaults. */
export interface PluginChoice {
  readonly id: string;
  readonly options?: JsonObject;
}

/** What a protocol of every kind says once, for all its tiers. */
export interface ProtocolBasis<K extends Kind> {
  /** A literal: it decides which other fields there are. */
  readonly kind: K;
  /**
   * Address of the protocol: parts of lower-case letters, digits and hyphens, joined by `/`. The first part is a namespace. Protocols from
   * outside the built-in packages use one of their own (the name of a lab, person or project: `my-lab/flags/5w1s`), never the name of a regime
   * (`few-shot`, `multi-task`, `transfer`, `sequence`).
   */
  readonly id: string;
  /** A whole number from 1; raise it with any change of the definition. */
  readonly version: number;
  /** Heading of the protocol's tables. */
  readonly title: string;
  /** One or two sentences: what is to be predicted, from what. */
  readonly summary: string;
  readonly dataset: PluginChoice;
  /** The network of every method in the closed division; a tier may name another. */
  readonly backbone: PluginChoice;
}

/** What one tier of a protocol of any kind may spend. */
export interface TierBudget {
  /** Training seeds: 0 to seeds − 1. */
  readonly seeds: number;
  readonly budget: {
    /** Training examples processed (images of pictures, points of functions); not updates. */
    readonly images: number;
    /** Examples between two looks at the validation split, at most `images`; the best parameters are kept. */
    readonly validateEvery: number;
  };
  /** Another network than the other tiers have. */
  readonly backbone?: PluginChoice;
}

/** What one tier of a few-shot protocol may spend. */
export interface EpisodicTierBudget extends TierBudget {
  /** Frozen episodes of the test split. */
  readonly testEpisodes: number;
  /** Frozen episodes of the validation split, for selection. */
  readonly validationEpisodes: number;
}

/** What every few-shot protocol says of its tasks. */
export interface FewShotRules {
  /** Support examples per class (per function). */
  readonly shots: number;
  /** Query examples per class (per function). */
  readonly queries: number;
  /** Last step of the adaptation curve. */
  readonly curveSteps: number;
}

/** What each kind of protocol is at one tier, says besides {@link ProtocolBasis}, and holds in each tier. */
export interface ProtocolKinds {
  readonly "few-shot-classification": {
    readonly protocol: FewShotClassificationProtocol;
    readonly rules: FewShotRules & {
      /** Classes of a test task, at least 2. */
      readonly ways: number;
      /** Classes of a validation task: fewer than `ways` where the validation split has fewer. `ways` where it is left out. */
      readonly validationWays?: number;
    };
    readonly tier: EpisodicTierBudget;
  };
  readonly "few-shot-regression": {
    readonly protocol: FewShotRegressionProtocol;
    readonly rules: FewShotRules;
    readonly tier: EpisodicTierBudget;
  };
  readonly "multi-task": {
    readonly protocol: MultiTaskProtocol;
    readonly rules: object;
    readonly tier: TierBudget;
  };
}

/** What {@link defineProtocol} takes. */
export type ProtocolDefinition<K extends Kind> = ProtocolBasis<K> &
  ProtocolKinds[K]["rules"] & {
    /** One to three tiers. Numbers of different tiers never share a table. */
    readonly tiers: Readonly<Partial<Record<Tier, ProtocolKinds[K]["tier"]>>>;
  };

/** A protocol as the harness sees it, before a tier is chosen. */
export interface ProtocolPlugin<K extends Kind = Kind> {
  readonly kind: "protocol";
  readonly id: string;
  /** The kind of problem: algorithms for it run on this protocol. */
  readonly setting: K;
  /** The tiers it has, cheapest first. */
  readonly tiers: readonly Tier[];
  /** @throws MetabenchError `invalid-protocol` when the protocol has no such tier */
  at(tier: Tier): ProtocolKinds[K]["protocol"];
}

/** A checked definition of any kind. */
type Declared = z.output<(typeof definitionSchemas)[Kind]>;

const anyKind = z.looseObject({
  kind: z.enum(kindIds, `one of ${kindIds.map((kind) => `"${kind}"`).join(", ")}`),
});

/**
 * Declares a protocol: the rules by which algorithms are trained and tested on a data set, so that their numbers can share a table. The module's
 * default export is what this returns, alone or in a list with other plugins. All tiers are checked here.
 *
 * @throws MetabenchError `invalid-plugin` when a field is missing, unknown or of another form
 */
export function defineProtocol<K extends Kind>(definition: ProtocolDefinition<K>): ProtocolPlugin<K> {
  checkDefinition("protocol", anyKind, definition, {});
  const schema: z.ZodType<Declared> = definitionSchemas[definition.kind];
  const { tiers: perTier, ...shared } = checkDefinition("protocol", schema, definition, {});
  const validation = "ways" in shared ? { validationWays: shared.validationWays ?? shared.ways } : {};
  const at = new Map<Tier, Protocol>();
  for (const tier of tiers) {
    const own = perTier[tier];
    if (own) at.set(tier, checkProtocol({ ...shared, ...validation, ...own, tier, division: "closed" }));
  }
  return {
    kind: "protocol",
    id: shared.id,
    setting: definition.kind,
    tiers: [...at.keys()],
    at(tier) {
      const found = at.get(tier);
      if (found) return found as ProtocolKinds[K]["protocol"];
      throw new MetabenchError(
        "invalid-protocol",
        `${shared.id} has no tier "${tier}".${didYouMean(tier, [...at.keys()])} It has ${[...at.keys()].join(", ")}. Choose one of these.`,
      );
    },
  };
}

/**
 * Checks a protocol that comes from outside.
 *
 * @throws MetabenchError `invalid-protocol`
 */
export function checkProtocol(protocol: unknown): Protocol {
  const parsed = protocolSchema.safeParse(protocol);
  if (parsed.success) return parsed.data;
  throw new MetabenchError(
    "invalid-protocol",
    `This protocol does not fit its schema: ${describeIssues(parsed.error)}.`,
  );
}
