import { rm } from "node:fs/promises";
import { MetabenchError } from "@metabench/core";
import { checksumOf, download } from "./download.ts";
import { placeByHand, type FoundSource } from "./find-sources.ts";
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
      return [`${found.source.file}: ${placeByHand(found.source, roots)}, or allow the download of ${found.source.url}`];
    return [];
  });
  if (missing.length > 0)
    throw new MetabenchError("data-missing", `Data set ${id} needs files that are not there. ${missing.join("; ")}.`);
  const files: Record<string, string> = {};
  for (const found of sources) {
    if (found.state === "missing") continue;
    files[found.source.name] = found.path;
    if (found.state === "found") continue;
    const { checksum, url } = found.source;
    const fetch = () =>
      download({ url, target: found.path, checksum, otherwise: placeByHand(found.source, roots), onProgress, signal });
    await withLock(found.path, { onProgress, signal }, async () => {
      const actual = checksum === null ? null : await checksumOf(found.path, checksum.algorithm).catch(() => undefined);
      if (found.state === "downloaded" && actual === (checksum?.value ?? null)) return;
      if (actual === checksum?.value) return;
      if (actual !== undefined)
        onProgress({ message: `${found.path} is damaged; downloading it again`, fraction: null });
      await rm(found.path, { force: true });
      await fetch();
    });
  }
  return files;
}
