import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { MetabenchError } from "@metabench/core";
import { isSystemError } from "./failure.ts";

/**
 * Makes a folder and those above it, as `mkdir` with `recursive` does. That one never ends where a file system that exists takes no new
 * folders, such as `/proc`.
 *
 * @throws MetabenchError `store-failed` for such a place, otherwise the system's error
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (isSystemError(error, "EEXIST")) {
      // A folder that is there is as good as a new one; of anything else `recursive` says what is in the way.
      await mkdir(path, { recursive: true });
      return;
    }
    const above = dirname(path);
    if (!isSystemError(error, "ENOENT") || above === path) throw error;
    await makeFolder(above);
    await mkdir(path).catch((cause: unknown) => {
      if (isSystemError(cause, "EEXIST")) return;
      if (!isSystemError(cause, "ENOENT")) throw cause;
      throw new MetabenchError(
        "store-failed",
        `The folder ${path} cannot be made: ${above} takes no new folders. Choose another place.`,
        { cause },
      );
    });
  }
}
