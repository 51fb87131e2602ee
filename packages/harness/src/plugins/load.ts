import { hashOfSource } from "./import-graph.ts";
import { importPlugin } from "./import.ts";
import { checkNamespace } from "./namespace.ts";
import { createRegistry, type Loaded, type PluginOrigin, type PluginRegistry } from "./registry.ts";
import { installResolution } from "./resolution.ts";
import { locate, type PluginModule } from "./source.ts";

/** Packages that come with the suite; they are found, imported and checked like a stranger's. */
export const builtInSources = ["@metabench/algorithms", "@metabench/datasets"] as const;

/** Whether a plugin comes from one of the suite's own packages. */
export const isBuiltIn = ({ package: name }: PluginOrigin): boolean =>
  builtInSources.some((source) => source === name);

/** What {@link loadPlugins} takes. */
export interface LoadOptions {
  /** Packages, folders and files beside the built-in ones. */
  readonly sources: readonly string[];
  /** Folder from which packages and relative paths are seen. */
  readonly cwd: string;
}

/**
 * Finds, imports and checks the built-in plugins and those of `sources`.
 *
 * One module named twice is loaded once. Protocols and suites from outside must lie in a namespace of their own.
 *
 * @throws MetabenchError `plugin-not-found`, `invalid-plugin`, or `duplicate-plugin`
 */
export async function loadPlugins({ sources, cwd }: LoadOptions): Promise<PluginRegistry> {
  installResolution();
  const modules = new Map<string, PluginModule>();
  for (const source of builtInSources) remember(await locate(source, import.meta.dirname));
  for (const source of sources) remember(await locate(source, cwd));
  const loaded: Loaded[] = [];
  for (const module of modules.values()) loaded.push(...(await load(module)));
  return createRegistry(loaded);

  function remember(module: PluginModule) {
    if (!modules.has(module.module)) modules.set(module.module, module);
  }
}

async function load(module: PluginModule): Promise<readonly Loaded[]> {
  const plugins = await importPlugin(module.module);
  const origin = { ...module, source: module.package === null ? await hashOfSource(module.module) : null };
  const loaded = plugins.map((plugin) => ({ plugin, origin }));
  if (!isBuiltIn(origin)) loaded.forEach(checkNamespace);
  return loaded;
}
