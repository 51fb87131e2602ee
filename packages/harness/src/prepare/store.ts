import { randomUUID } from "node:crypto";
import { open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { bytesOf, MetabenchError, splitNames, type StoredData } from "@metabench/core";
import { descriptionFile, type Description } from "./description.ts";
import { layoutOf, splitFiles } from "./layouts/index.ts";
import { makeFolder } from "../store/index.ts";

/**
 * Writes prepared arrays and their description to a new folder beside `folder`, then renames it: `folder` is there whole or not
 * at all. If another process was first, its folder stays (the content is the same, or its hash would be another).
 *
 * @throws MetabenchError `store-failed` if the disk refuses
 */
export async function storePrepared(
  folder: string,
  data: StoredData,
  description: Description,
): Promise<void> {
  const unfinished = `${folder}.${randomUUID()}.partial`;
  try {
    await removeLeftovers(folder);
    await makeFolder(unfinished);
    for (const split of splitNames) {
      const arrays = layoutOf(data).arrays(data, split);
      for (const [i, { file }] of splitFiles(description.content, split).entries())
        await writeAll(join(unfinished, file), bytesOf(arrays[i] ?? new Uint8Array()));
    }
    await writeFile(join(unfinished, descriptionFile), `${JSON.stringify(description)}\n`);
    await rename(unfinished, folder).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    });
  } catch (cause) {
    throw new MetabenchError(
      "store-failed",
      `The prepared data set cannot be kept in ${dirname(folder)} (${cause instanceof Error ? cause.message : String(cause)}). ` +
        "Make room or choose another cache folder with METABENCH_CACHE.",
      { cause },
    );
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Unfinished folders are left by killed processes only; an hour tells them from one that is being written. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = dirname(folder);
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.startsWith(`${basename(folder)}.`) || !name.endsWith(".partial")) continue;
    const { mtimeMs } = await stat(join(parent, name));
    if (Date.now() - mtimeMs > 3_600_000) await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function writeAll(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}
