import { MetabenchError, type DatasetPlugin, type ProtocolPlugin, type SuitePlugin } from "@metabench/core";
import type { PluginRegistry } from "./registry.ts";

/** One check of a plugin that makes no learners. */
export interface DefinitionCheck {
  readonly name: string;
  /** What the check asks, in a sentence. */
  readonly sentence: string;
  /** What is wrong and what to fix; null where the check was passed. */
  readonly mend: string | null;
}

type Declared = PluginRegistry["protocols" | "suites" | "datasets" | "backbones"][number];

/** A plugin that makes no learners, and how its checks came out. */
export interface CheckedDefinition {
  readonly kind: Declared["plugin"]["kind"];
  readonly id: string;
  readonly checks: readonly DefinitionCheck[];
  /** What no check here asks, and the command that does. */
  readonly beyond: string;
}

function check(name: string, sentence: string, look: () => unknown): DefinitionCheck {
  try {
    look();
    return { name, sentence, mend: null };
  } catch (error) {
    return { name, sentence, mend: error instanceof Error ? error.message : String(error) };
  }
}

const fields = (sentence: string): DefinitionCheck => ({ name: "fields", sentence, mend: null });

function ofProtocol({ tiers, at }: ProtocolPlugin, { find }: PluginRegistry): readonly DefinitionCheck[] {
  const all = tiers.map((tier) => at(tier));
  return [
    fields(`Every field has its form, at every tier: ${tiers.join(", ")}.`),
    check("data set", "Its data set is there and takes the options set.", () => {
      for (const { dataset } of all) find.dataset(dataset.id).plugin.parseOptions(dataset.options);
    }),
    check("backbone", "The backbone of every tier is there and takes the options set.", () => {
      for (const { backbone } of all) find.backbone(backbone.id).plugin.parseOptions(backbone.options);
    }),
  ];
}

function ofSuite({ tier, entries }: SuitePlugin, { find }: PluginRegistry): readonly DefinitionCheck[] {
  return [
    fields("Every field has its form."),
    check("protocols", "Its protocols are there and have its tier.", () => {
      for (const { protocol } of entries) find.protocol(protocol).plugin.at(tier);
    }),
    check("algorithms", "Its algorithms are there for their protocols and take the options set.", () => {
      for (const { protocol, algorithms } of entries)
        for (const { id, options } of algorithms)
          find.algorithm(find.protocol(protocol).plugin.setting, id).plugin.parseOptions(options);
    }),
  ];
}

/** A data set whose options all have defaults can be asked for its files; others only know them with options. */
function ofDataset(plugin: DatasetPlugin): readonly DefinitionCheck[] {
  const options = defaultsOf(plugin);
  return [
    fields("Every field has its form."),
    ...(options === null
      ? []
      : [
          check("files", "With default options, the files that it needs are named well.", () =>
            plugin.sources(options),
          ),
          check("content", "With default options, its content hash is null or a SHA-256.", () => {
            const hash = plugin.contentHash(options);
            if (hash !== null && !/^[0-9a-f]{64}$/.test(hash))
              throw new MetabenchError(
                "contract-broken",
                `contentHash gives "${hash}". Let it give null, or 64 lower-case hexadecimal digits.`,
              );
          }),
        ]),
  ];
}

function defaultsOf(plugin: DatasetPlugin): object | null {
  try {
    return plugin.parseOptions({});
  } catch {
    return null;
  }
}

/** Checks what can be checked of a plugin that makes no learners, without its data and without computing. */
export function checkDefinitionOf({ plugin }: Declared, registry: PluginRegistry): CheckedDefinition {
  const { kind, id } = plugin;
  switch (kind) {
    case "protocol":
      return {
        kind,
        id,
        checks: ofProtocol(plugin, registry),
        beyond: `Whether the data fill its tasks is seen when a run is planned: metabench run --protocol ${id} --dry-run`,
      };
    case "suite":
      return {
        kind,
        id,
        checks: ofSuite(plugin, registry),
        beyond: `What it would run is shown by metabench run --suite ${id} --dry-run`,
      };
    case "dataset":
      return {
        kind,
        id,
        checks: ofDataset(plugin),
        beyond: `Its content is checked when it is prepared: metabench prepare ${id}`,
      };
    case "backbone":
      return {
        kind,
        id,
        checks: [fields("Every field has its form.")],
        beyond: `Its network is checked when it is trained: metabench run --backbone ${id}`,
      };
  }
}
