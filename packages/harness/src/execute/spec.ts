import {
  MetabenchError,
  unprintablePath,
  type JsonObject,
  type Protocol,
  type TrialSpec,
} from "@metabench/core";
import type { PluginRegistry } from "../plugins/index.ts";
import type { AlgorithmChoice } from "./types.ts";

const copy = (options: JsonObject) => structuredClone(options) as TrialSpec["algorithm"]["options"];

/**
 * Makes the specs of trials on a protocol, with all options filled in and the versions and sources of the loaded plugins.
 *
 * @param contentHash of the prepared data
 * @returns `reference` is the identity of the trial against which parameters are selected, null where there is none
 * @throws MetabenchError `plugin-not-found`, or `invalid-options` where a plugin refuses those of the protocol
 */
export function specsOn(
  protocol: Protocol,
  contentHash: string,
  { find }: PluginRegistry,
): (choice: AlgorithmChoice, seed: number, reference: string | null) => TrialSpec {
  const dataset = find.dataset(protocol.dataset.id);
  const backbone = find.backbone(protocol.backbone.id);
  return (choice, seed, reference) => {
    const algorithm = find.algorithm(protocol.kind, choice.id);
    return checked({
      schemaVersion: 1,
      protocol,
      algorithm: {
        id: algorithm.plugin.id,
        version: algorithm.plugin.version,
        options: copy(algorithm.plugin.parseOptions(choice.options)),
        source: algorithm.origin.source,
      },
      dataset: {
        id: dataset.plugin.id,
        version: dataset.plugin.version,
        options: copy(dataset.plugin.parseOptions(protocol.dataset.options)),
        source: dataset.origin.source,
        contentHash,
      },
      backbone: {
        id: backbone.plugin.id,
        version: backbone.plugin.version,
        options: copy(backbone.plugin.parseOptions(protocol.backbone.options)),
        source: backbone.origin.source,
      },
      seed,
      reference,
      ...(choice.training && { training: choice.training }),
    });
  };
}

/** Refuses what no record could hold, before anything is trained. */
function checked(spec: TrialSpec): TrialSpec {
  const found = unprintablePath(spec);
  if (found === null) return spec;
  throw new MetabenchError(
    "invalid-options",
    `${found.path.join(".")} holds the character ${found.character}, which is not for print and may not stand in a record. Take it out.`,
  );
}
