import { rm } from "node:fs/promises";
import { MetabenchError } from "@metabench/core";
import { checksumOf, type Checksum } from "./checksum.ts";
import { download } from "./download.ts";
import { isFile, placeByHand, type FoundSource } from "./find-sources.ts";
import { withLock } from "./lock.ts";
import type { OnProgress } from "./progress.ts";

interface FetchOptions {
  readonly roots: readonly string[];
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
  readonly allowDownload: boolean;
}

/**
 * Paths of all sources by name, after downloading what may be.
 *
 * @throws MetabenchError `data-missing` that names every file that is missing, before anything is downloaded; otherwise as `download`
 */
export async function fetchSources(
  id: string,
  sources: readonly FoundSource[],
  { roots, onProgress, signal, allowDownload }: FetchOptions,
): Promise<Readonly<Record<string, string>>> {
  const missing = sources.flatMap((found) => {
    if (found.state === "missing") return [`${found.source.file}: ${found.instruction}`];
    if (found.state === "downloadable" && !allowDownload)
      return [
        `${found.source.file}: ${placeByHand(found.source, roots)}, or allow the download of ${found.source.url}`,
      ];
    return [];
  });
  if (missing.length > 0)
    throw new MetabenchError(
      "data-missing",
      `Data set ${id} needs files that are not there. ${missing.join("; ")}.`,
    );
  const files: Record<string, string> = {};
  for (const found of sources) {
    if (found.state === "missing") continue;
    files[found.source.name] = found.path;
    if (found.state === "found") continue;
    await withLock(found.path, { onProgress, signal }, async () => {
      const { url, checksum } = found.source;
      const before = await inspect(found.path, checksum);
      if (before === "whole") return;
      if (before === "damaged") {
        onProgress({ message: `${found.path} is damaged; downloading it again`, fraction: null });
        await rm(found.path, { force: true });
      }
      const otherwise = placeByHand(found.source, roots);
      await download({ url, target: found.path, checksum, otherwise, onProgress, signal });
    });
  }
  return files;
}

/** Whether an earlier download can be used. */
async function inspect(path: string, checksum: Checksum | null): Promise<"absent" | "damaged" | "whole"> {
  if (!(await isFile(path))) return "absent";
  if (checksum === null) return "whole";
  return (await checksumOf(path, checksum.algorithm)) === checksum.value ? "whole" : "damaged";
}
