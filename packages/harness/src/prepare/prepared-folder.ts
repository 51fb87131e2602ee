import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { splitNames, type DatasetPlugin } from "@metabench/core";
import { layoutVersion, type Description } from "./description.ts";
import type { FoundSource } from "./find-sources.ts";
import { splitFiles } from "./layouts/index.ts";
import { readDescription } from "./load.ts";
import { sha256 } from "./sha256.ts";

/**
 * Where a data set under these options is kept, prepared.
 *
 * Named by id, version, options and pinned hash. Where no hash is pinned nothing else would notice that the files or the plugin
 * changed, so their sizes, dates and the hash of the plugin's source count as well.
 */
export async function preparedFolder(
  plugin: DatasetPlugin,
  options: unknown,
  cacheFolder: string,
  sources: readonly FoundSource[],
  pluginSource: string | null,
): Promise<string> {
  const { id, version } = plugin;
  const pinned = plugin.contentHash(options);
  const unpinned = pinned === null ? [pluginSource, await Promise.all(sources.map(fingerprint))] : [];
  const key = sha256(
    JSON.stringify([
      layoutVersion,
      id,
      version,
      sortedEntries(plugin.parseOptions(options)),
      pinned,
      ...unpinned,
    ]),
  );
  return join(cacheFolder, "datasets", `${id}-${version}-${key.slice(0, 16)}`);
}

const sortedEntries = (options: object) => Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));

async function fingerprint(source: FoundSource): Promise<unknown> {
  if (source.state !== "found") return source.source.name;
  const entry = await stat(source.path);
  if (!entry.isDirectory()) return [source.source.name, entry.size, entry.mtimeMs];
  const files = await readdir(source.path, { recursive: true });
  const listed = files.sort().map(async (file) => {
    const { size, mtimeMs } = await lstat(join(source.path, file));
    return [file, size, mtimeMs];
  });
  return [source.source.name, await Promise.all(listed)];
}

/** What is wrong with a prepared folder, in words. */
export interface Unusable {
  readonly problem: string;
}

/**
 * The description of a prepared folder whose files have their sizes and whose content hash is the pinned one; undefined if there is no
 * such folder. The bytes themselves are checked when they are read.
 */
export async function usablePrepared(
  folder: string,
  pinned: string | null,
): Promise<Description | Unusable | undefined> {
  if (
    !(await stat(folder).then(
      (entry) => entry.isDirectory(),
      () => false,
    ))
  )
    return undefined;
  try {
    const description = await readDescription(folder);
    if (pinned !== null && description.contentHash !== pinned)
      return { problem: `expected content hash ${pinned}, got ${description.contentHash}` };
    for (const split of splitNames) {
      for (const { file, bytes } of splitFiles(description.content, split)) {
        const size = await stat(join(folder, file)).then(
          (entry) => entry.size,
          () => undefined,
        );
        if (size !== bytes)
          return { problem: `${file} has ${String(size ?? "no")} bytes, not ${String(bytes)}` };
      }
    }
    return description;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
