import { readFile, stat } from "node:fs/promises";
import { MetabenchError } from "@metabench/core";

/**
 * The text of a plain file, or of what a symbolic link leads to. Nothing else is opened: a pipe without a writer would be waited for for
 * ever, and a device has no end.
 *
 * @throws MetabenchError `invalid-record` for a pipe, a folder, a socket or a device; otherwise the system's error
 */
export async function readPlainFile(file: string): Promise<string> {
  if (!(await stat(file)).isFile())
    throw new MetabenchError(
      "invalid-record",
      `${file} is no plain file, so it is not read. Move it out of the store.`,
    );
  return readFile(file, "utf8");
}
