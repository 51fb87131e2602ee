import { availableParallelism } from "node:os";
import { delimiter, join, resolve } from "node:path";
import process from "node:process";
import { parseTrainingOptions, type JsonObject, type TrainingOptions } from "@metabench/core";
import { loadConfig, type Config } from "../config/index.ts";
import { loadPlugins, type PluginRegistry } from "../plugins/index.ts";
import { existing, type DataRoot } from "./data-roots.ts";

/** Flags that several commands share. */
export interface SharedFlags {
  readonly plugin?: readonly string[];
  readonly data?: readonly string[];
  readonly store?: string;
  readonly jobs?: number;
  /** Each as given; checked with those of the configuration. */
  readonly training?: JsonObject;
}

/** What flags, environment and configuration come to. */
export interface Surroundings {
  readonly cwd: string;
  /** Folders in which data files are looked for, the most wanted first, whether or not they are there. */
  readonly roots: readonly string[];
  /** The same, checked. @throws MetabenchError `invalid-usage` where one is not there */
  existingRoots(): readonly string[];
  /** Folder of records, absolute. */
  readonly storeFolder: string;
  readonly jobs: number;
  readonly training: TrainingOptions;
  /** Names of those of the training options that come from the configuration and no flag has named. */
  readonly standing: ReadonlySet<string>;
  /** Options that the configuration keeps for data sets and backbones, by id. */
  readonly pluginOptions: Pick<Config, "datasets" | "backbones">;
  registry(): Promise<PluginRegistry>;
}

/**
 * Puts together flags, environment variables and `metabench.config.ts`, the stronger first.
 *
 * @throws MetabenchError `invalid-usage` when the configuration is wrong
 */
export async function surroundings(flags: SharedFlags): Promise<Surroundings> {
  const cwd = process.cwd();
  const config = await loadConfig(cwd);
  const fromEnvironment = (process.env["METABENCH_DATA"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "");
  const named = (folders: readonly string[], from: DataRoot["from"]): readonly DataRoot[] =>
    folders.map((folder) => ({ folder: resolve(cwd, folder), from }));
  const roots = [
    ...named(flags.data ?? [], "--data"),
    ...named(fromEnvironment, "METABENCH_DATA"),
    ...named(config.data, "metabench.config"),
  ];
  return {
    cwd,
    roots: roots.map(({ folder }) => folder),
    existingRoots: () => existing(roots),
    storeFolder: resolve(cwd, flags.store ?? config.store ?? join(".metabench", "results")),
    jobs: flags.jobs ?? config.jobs ?? availableParallelism(),
    training: parseTrainingOptions({ ...config.training, ...flags.training }),
    standing: new Set(Object.keys(config.training ?? {}).filter((name) => !(name in (flags.training ?? {})))),
    pluginOptions: { datasets: config.datasets, backbones: config.backbones },
    registry: async () => loadPlugins({ sources: [...config.plugins, ...(flags.plugin ?? [])], cwd }),
  };
}
