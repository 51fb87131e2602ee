import { z } from "zod";
import { checkDefinition } from "../plugin/definition.ts";
import type { JsonObject } from "../plugin/manifest.ts";
import { pluginChoice, protocolSchema, tiers, type Tier } from "./protocol.ts";

/** One entry of a suite: algorithms to run on a protocol. */
export interface SuiteEntry {
  /** Id of a protocol, which has the suite's tier. */
  readonly protocol: string;
  /** Ids of algorithms for the protocol's kind, each with the options to set. One id may stand several times, with other options. */
  readonly algorithms: readonly { readonly id: string; readonly options: JsonObject }[];
}

/** What {@link defineSuite} takes. */
export interface SuiteDefinition {
  /**
   * Name of the suite: lower-case letters, digits and hyphens. A suite from outside the built-in packages puts a namespace of its own in front,
   * as protocols do: `my-lab/nightly`.
   */
  readonly id: string;
  readonly tier: Tier;
  readonly title: string;
  /** At least one entry; each protocol once. Options may be left out. */
  readonly entries: readonly {
    readonly protocol: string;
    readonly algorithms: readonly { readonly id: string; readonly options?: JsonObject }[];
  }[];
}

/** A named selection of protocols and algorithms at one tier, as the harness sees it. */
export interface SuitePlugin {
  readonly kind: "suite";
  readonly id: string;
  readonly tier: Tier;
  readonly title: string;
  readonly entries: readonly SuiteEntry[];
}

const choice = pluginChoice.extend({ options: pluginChoice.shape.options.default({}) });
const { id: protocolId, title } = protocolSchema.options[0].shape;

const idForm = "lower-case letters, digits and hyphens, with / between parts, such as my-lab/nightly";
const entriesForm =
  'a list such as [{ protocol: "few-shot/sinusoid/10-shot", algorithms: [{ id: "maml" }, { id: "reptile" }] }]';

/** What `defineSuite` is given, with the options that may be left out filled in. */
const definitionSchema = z.strictObject({
  id: z.string(idForm).regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/, idForm),
  tier: z.enum(tiers),
  title,
  entries: z
    .array(z.strictObject({ protocol: protocolId, algorithms: z.array(choice).min(1) }), entriesForm)
    .min(1, entriesForm)
    .refine(
      (entries) => new Set(entries.map(({ protocol }) => protocol)).size === entries.length,
      "each protocol once: put all of its algorithms into one entry",
    ),
});

/**
 * Declares a suite: algorithms to run on protocols at one tier, under one name for `metabench run --suite`. It names both by their ids, so they
 * may come from any plugin. The module's default export is what this returns, alone or in a list with other plugins.
 *
 * @throws MetabenchError `invalid-plugin` when a field is missing, unknown or of another form
 */
export function defineSuite(definition: SuiteDefinition): SuitePlugin {
  return { kind: "suite", ...checkDefinition("suite", definitionSchema, definition, {}) };
}
