import {
  didYouMean,
  MetabenchError,
  type AlgorithmPlugin,
  type AnyAlgorithm,
  type BackbonePlugin,
  type DatasetPlugin,
  type Plugin,
  type ProtocolPlugin,
  type Setting,
  type SuitePlugin,
} from "@metabench/core";

/** Where a plugin comes from. */
export interface PluginOrigin {
  /** File URL, to be given to `importPlugin` in a child process. */
  readonly module: string;
  readonly package: string | null;
  readonly packageVersion: string | null;
  /** SHA-256 of a bare file's text and its relative imports; null for packages, whose version speaks for them. */
  readonly source: string | null;
}

/** A plugin and where it comes from. */
export interface Loaded<P = Plugin> {
  readonly plugin: P;
  readonly origin: PluginOrigin;
}

/** All plugins of a run, each under its own name. */
export interface PluginRegistry {
  readonly algorithms: readonly Loaded<AnyAlgorithm>[];
  readonly datasets: readonly Loaded<DatasetPlugin>[];
  readonly backbones: readonly Loaded<BackbonePlugin>[];
  readonly protocols: readonly Loaded<ProtocolPlugin>[];
  readonly suites: readonly Loaded<SuitePlugin>[];
  /** Lookups; each throws MetabenchError `plugin-not-found` with the nearest names. */
  readonly find: {
    algorithm<S extends Setting>(setting: S, id: string): Loaded<AlgorithmPlugin<S>>;
    dataset(id: string): Loaded<DatasetPlugin>;
    backbone(id: string): Loaded<BackbonePlugin>;
    protocol(id: string): Loaded<ProtocolPlugin>;
    suite(id: string): Loaded<SuitePlugin>;
  };
}

/**
 * Puts plugins into a registry.
 *
 * @throws MetabenchError `duplicate-plugin` naming both origins: ids are unique among data sets, backbones, protocols and
 * suites, and among the algorithms of one setting
 */
export function createRegistry(loaded: readonly Loaded[]): PluginRegistry {
  const seen = new Map<string, Loaded>();
  for (const candidate of loaded) {
    const name = nameOf(candidate.plugin);
    const earlier = seen.get(name);
    if (earlier)
      throw new MetabenchError(
        "duplicate-plugin",
        `There are two plugins for ${name}: one from ${describeOrigin(earlier.origin)}, one from ${describeOrigin(candidate.origin)}. Give one of them another id, or leave one out.`,
      );
    seen.set(name, candidate);
  }
  const algorithms = loaded.filter((one) => isOf("algorithm", one));
  const datasets = loaded.filter((one) => isOf("dataset", one));
  const backbones = loaded.filter((one) => isOf("backbone", one));
  const protocols = loaded.filter((one) => isOf("protocol", one));
  const suites = loaded.filter((one) => isOf("suite", one));
  return {
    algorithms,
    datasets,
    backbones,
    protocols,
    suites,
    find: {
      algorithm: <S extends Setting>(setting: S, id: string) =>
        pick(
          `algorithm for ${setting}`,
          "algorithms",
          algorithms.filter((one) => isFor(setting, one)),
          id,
          elsewhere(algorithms, id),
        ),
      dataset: (id) => pick("data set", "datasets", datasets, id),
      backbone: (id) => pick("backbone", "backbones", backbones, id),
      protocol: (id) => pick("protocol", "protocols", protocols, id),
      suite: (id) => pick("suite", "suites", suites, id),
    },
  };
}

/** `package name version`, or the file. */
export function describeOrigin(origin: PluginOrigin): string {
  return origin.package === null
    ? decodeURIComponent(new URL(origin.module).pathname)
    : `package ${origin.package} ${origin.packageVersion ?? ""}`.trim();
}

function nameOf(plugin: Plugin): string {
  if (plugin.kind === "algorithm") return `algorithm "${plugin.id}" (${plugin.setting})`;
  return `${plugin.kind === "dataset" ? "data set" : plugin.kind} "${plugin.id}"`;
}

function isOf<K extends Plugin["kind"]>(
  kind: K,
  loaded: Loaded,
): loaded is Loaded<Extract<Plugin, { readonly kind: K }>> {
  return loaded.plugin.kind === kind;
}

function isFor<S extends Setting>(
  setting: S,
  loaded: Loaded<AnyAlgorithm>,
): loaded is Loaded<AnyAlgorithm & AlgorithmPlugin<S>> {
  return loaded.plugin.setting === setting;
}

function elsewhere(algorithms: readonly Loaded<AnyAlgorithm>[], id: string): string {
  const others = algorithms.filter(({ plugin }) => plugin.id === id).map(({ plugin }) => plugin.setting);
  return others.length === 0 ? "" : ` There is one for ${others.join(" and ")}.`;
}

function pick<P extends Plugin>(
  kind: string,
  list: string,
  plugins: readonly Loaded<P>[],
  id: string,
  hint = "",
): Loaded<P> {
  const found = plugins.find(({ plugin }) => plugin.id === id);
  if (found) return found;
  const meant = didYouMean(
    id,
    plugins.map(({ plugin }) => plugin.id),
  );
  throw new MetabenchError(
    "plugin-not-found",
    `There is no ${kind} called "${id}".${hint}${meant} See \`metabench list ${list}\`, or load its plugin with --plugin.`,
  );
}
