import type {
  AlgorithmPlugin,
  BackbonePlugin,
  DatasetPlugin,
  ProtocolPlugin,
  TrialSpec,
} from "@metabench/core";
import { prepareDataset } from "../prepare/index.ts";
import type { Loaded } from "../plugins/index.ts";
import type { RunEnvironment } from "./types.ts";

/** The plugins of a trial, with where they come from. */
export interface TrialPlugins {
  readonly algorithm: Loaded<AlgorithmPlugin>;
  readonly dataset: Loaded<DatasetPlugin>;
  readonly backbone: Loaded<BackbonePlugin>;
}

/** The plugins of a trial that is planned and run. A stored trial needs no protocol plugin: its record holds the protocol. */
export interface RunPlugins extends TrialPlugins {
  /** As it was declared, before a data set or backbone took the place of its own. */
  readonly protocol: Loaded<ProtocolPlugin>;
}

/** Finds the plugins that a spec names. @throws MetabenchError `plugin-not-found` */
export function pluginsOf(
  { protocol, algorithm, dataset, backbone }: TrialSpec,
  { registry }: RunEnvironment,
): TrialPlugins {
  return {
    algorithm: registry.find.algorithm(protocol.kind, algorithm.id),
    dataset: registry.find.dataset(dataset.id),
    backbone: registry.find.backbone(backbone.id),
  };
}

/** Makes a data set ready; the second time it takes milliseconds. */
export async function prepare(
  { plugin, origin }: Loaded<DatasetPlugin>,
  options: unknown,
  { roots, cacheFolder, onProgress, signal }: RunEnvironment,
) {
  return prepareDataset(plugin, options, {
    roots,
    cacheFolder,
    pluginModule: origin.module,
    pluginSource: origin.source,
    onProgress: ({ message }) => {
      onProgress(message);
    },
    signal,
  });
}
