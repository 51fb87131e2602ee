import { rm } from "node:fs/promises";
import {
  axesOfContent,
  contentHash,
  describeContent,
  isDrawn,
  MetabenchError,
  type DataAxes,
  type DatasetPlugin,
  type JsonObject,
} from "@metabench/core";
import { throwIfCancelled } from "./cancelled.ts";
import { checkPrepared } from "./check-prepared.ts";
import { decodeSources } from "./decode-sources.ts";
import { layoutVersion, type Description } from "./description.ts";
import { fetchSources } from "./fetch-sources.ts";
import { findSources, type Places } from "./find-sources.ts";
import { withLock } from "./lock.ts";
import { preparedFolder, usablePrepared } from "./prepared-folder.ts";
import type { OnProgress } from "./progress.ts";
import { sha256 } from "./sha256.ts";
import { storePrepared } from "./store.ts";

/** Where to look for a data set's files, and how to report. */
export interface PrepareOptions extends Places {
  /** SHA-256 of the plugin's source where it is a bare file; counts where the plugin pins no content hash. Null for packages. */
  readonly pluginSource?: string | null | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** False: what is not on this machine is an error. Default true. */
  readonly allowDownload?: boolean | undefined;
}

/** A data set that is ready to be loaded. */
export interface PreparedDataset {
  /** SHA-256 of the content; of a family of functions, which has no content, of its id, version and options. */
  readonly contentHash: string;
  /** For `loadPrepared`; null for a family of functions, which the plugin's `prepare({}, options)` makes at once. */
  readonly folder: string | null;
  /** Parsed options, defaults filled in. */
  readonly options: JsonObject;
  /** Kinds of input and target, where they are not those of the protocol's kind. */
  readonly axes: DataAxes;
}

/**
 * Makes a data set ready: finds its sources (data roots, then the package that ships them, then a download), decodes them once,
 * checks the content against the pinned hash and keeps it as a folder in the cache. Where that folder is there, it takes milliseconds.
 *
 * @throws MetabenchError `data-missing` naming each file and where to put it; `data-corrupt` where the content is not the
 * pinned one; `download-failed`; `contract-broken` where the plugin fails or its arrays are wrong; `cancelled`
 */
export async function prepareDataset(
  plugin: DatasetPlugin,
  options: unknown,
  {
    pluginSource = null,
    onProgress = () => undefined,
    signal,
    allowDownload = true,
    ...places
  }: PrepareOptions,
): Promise<PreparedDataset> {
  const parsed = plugin.parseOptions(options);
  const pinned = plugin.contentHash(options);
  const locate = async () => {
    const sources = await findSources(plugin, options, places);
    const folder = await preparedFolder(plugin, options, places.cacheFolder, sources, pluginSource);
    const usable = await usablePrepared(folder, pinned);
    return { sources, folder, usable };
  };
  const ready = (folder: string, { contentHash: hash, content }: Description): PreparedDataset => ({
    contentHash: hash,
    folder,
    options: parsed,
    axes: axesOfContent(content),
  });
  const family: PreparedDataset = {
    contentHash: familyHash(plugin, parsed),
    folder: null,
    options: parsed,
    axes: {},
  };

  const before = await locate();
  if (before.usable !== undefined && "contentHash" in before.usable)
    return ready(before.folder, before.usable);
  // Without sources it is generated: most likely a family of functions, which needs no folder.
  const generated = before.sources.length === 0 ? await decodeSources(plugin, options, {}, []) : undefined;
  if (generated && isDrawn(generated)) return family;
  return withLock(before.folder, { onProgress, signal }, async () => {
    // The folder may have been finished while this process waited.
    const { sources, folder, usable } = await locate();
    if (usable !== undefined && "contentHash" in usable) return ready(folder, usable);
    if (usable !== undefined) {
      onProgress({ message: `${folder} is unusable (${usable.problem}); preparing it anew`, fraction: null });
      await rm(folder, { recursive: true, force: true });
    }
    const files = await fetchSources(plugin.id, sources, { ...places, onProgress, signal, allowDownload });
    onProgress({ message: `Preparing ${plugin.title}`, fraction: null });
    const data = generated ?? (await decodeSources(plugin, options, files, sources));
    throwIfCancelled(signal);
    if (isDrawn(data)) return family;
    checkPrepared(plugin.id, data);
    const content = describeContent(data, sha256);
    const actual = contentHash(content, sha256);
    if (pinned !== null && actual !== pinned)
      throw new MetabenchError(
        "data-corrupt",
        `The content of data set ${plugin.id} is not the pinned one: expected SHA-256 ${pinned}, got ${actual}. ` +
          `It was read from ${Object.values(files).join(", ")}: replace every file that is not the original with a fresh copy.`,
      );
    const { id, version } = plugin;
    const description: Description = {
      layoutVersion,
      dataset: { id, version, options: structuredClone(parsed) as Record<string, never> },
      contentHash: actual,
      content,
    };
    await storePrepared(folder, data, description);
    return ready(folder, description);
  });
}

function familyHash({ id, version }: DatasetPlugin, options: JsonObject): string {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify(["function-family", id, version, entries]));
}
