import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect } from "vitest";
import { loadPrepared } from "./load.ts";
import type { PreparedDataset, PrepareOptions } from "./prepare-dataset.ts";

/** A folder for one test: two data roots, a cache and the place of a plugin, all empty. */
export interface Scratch {
  readonly folder: string;
  readonly places: PrepareOptions;
}

/** Gives each test of a file a fresh {@link Scratch}; call it inside tests only. */
export function useScratch(): () => Scratch {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "metabench-prepare-"));
  });
  afterEach(async () => rm(folder, { recursive: true }));
  return () => ({
    folder,
    places: {
      roots: [join(folder, "first"), join(folder, "second")],
      cacheFolder: join(folder, "cache"),
      pluginModule: pathToFileURL(join(folder, "plugin", "index.js")).href,
    },
  });
}

/** Writes a file of one byte. */
export async function putInk(path: string, ink: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Uint8Array.of(ink));
}

/** The folder of a data set that has one. */
export const folderOf = ({ folder }: PreparedDataset): string => folder ?? "no folder";

/** First pixel of the training images. */
export async function inkOf(prepared: PreparedDataset): Promise<number | undefined> {
  const data = await loadPrepared(folderOf(prepared), ["train"]);
  const { train } = data.splits;
  return "images" in train ? train.images[0] : undefined;
}

/** What a `MetabenchError` of this code and message matches. */
export const failure = (code: string, message: RegExp) => ({
  code,
  message: expect.stringMatching(message) as string,
});
