import type { DatasetPlugin } from "@metabench/core";
import { findSources, type Places } from "./find-sources.ts";
import { preparedFolder, usablePrepared } from "./prepared-folder.ts";

/** How near a data set is to being loaded. */
export type DatasetStatus =
  | { readonly state: "prepared"; readonly folder: string; readonly contentHash: string }
  /** Nothing to prepare, or all sources are on this machine. */
  | { readonly state: "sources found"; readonly files: readonly string[] }
  | { readonly state: "needs download"; readonly urls: readonly string[] }
  | { readonly state: "missing"; readonly instructions: readonly string[] };

/** Says how near a data set is to being loaded; fetches and writes nothing. */
export async function datasetStatus(
  plugin: DatasetPlugin,
  options: unknown,
  { pluginSource = null, ...places }: Places & { readonly pluginSource?: string | null | undefined },
): Promise<DatasetStatus> {
  const sources = await findSources(plugin, options, places);
  const folder = await preparedFolder(plugin, options, places.cacheFolder, sources, pluginSource);
  const usable = await usablePrepared(folder, plugin.contentHash(options));
  if (usable !== undefined && "contentHash" in usable)
    return { state: "prepared", folder, contentHash: usable.contentHash };
  const instructions = sources.flatMap((found) =>
    found.state === "missing" ? [`${found.source.file}: ${found.instruction}`] : [],
  );
  if (instructions.length > 0) return { state: "missing", instructions };
  const urls = sources.flatMap((found) => (found.state === "downloadable" ? [found.source.url] : []));
  if (urls.length > 0) return { state: "needs download", urls };
  return {
    state: "sources found",
    files: sources.flatMap((found) => (found.state === "missing" ? [] : [found.path])),
  };
}
