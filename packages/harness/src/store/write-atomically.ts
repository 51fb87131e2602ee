import { randomUUID } from "node:crypto";
import { link, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isSystemError } from "./failure.ts";
import { makeFolder } from "./make-folder.ts";

/** How {@link writeAtomically} writes. */
export interface WriteOptions {
  /** Whether a file of that name may be replaced. */
  readonly replace: boolean;
  /** Folder of the temporary file, on the same file system. */
  readonly temporaryFolder: string;
}

/**
 * Writes a whole file or none: temporary file, fsync, then its name, then fsync of the folder.
 *
 * Where several machines share the folder, `replace: false` lets exactly one of them write: the name is taken by a hard link,
 * which unlike a rename fails where the name exists.
 *
 * @throws the system's error; `EEXIST` when the file exists and `replace` is false
 */
export async function writeAtomically(
  file: string,
  text: string,
  { replace, temporaryFolder }: WriteOptions,
): Promise<void> {
  await makeFolder(temporaryFolder);
  const temporary = join(temporaryFolder, `${basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await (replace ? rename(temporary, file) : takeName(temporary, file));
    await syncFolder(dirname(file));
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

async function takeName(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    if (!isSystemError(error, "EPERM", "ENOTSUP", "ENOSYS")) throw error;
    // A file system without hard links: two writers of one name may both succeed, one after the other, each with a whole file.
    if (await stat(file).catch(() => undefined))
      throw Object.assign(new Error(`${file} exists`), { code: "EEXIST" });
    await rename(temporary, file);
  }
}

/** Not every system lets a folder be opened; there the name reaches the disk a little later. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
