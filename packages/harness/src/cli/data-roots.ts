import { statSync } from "node:fs";
import { MetabenchError } from "@metabench/core";

/** A folder in which data files are looked for, and who named it. */
export interface DataRoot {
  /** Absolute. */
  readonly folder: string;
  readonly from: "--data" | "METABENCH_DATA" | "metabench.config";
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * The folders, known to be there: in one that is not, no file would be found, and no word said why. Downloads go to the cache, so
 * none of them is still to be made.
 *
 * @throws MetabenchError `invalid-usage` naming the first that is not there
 */
export function existing(roots: readonly DataRoot[]): readonly string[] {
  const missing = roots.find(({ folder }) => !isFolder(folder));
  if (missing)
    throw new MetabenchError(
      "invalid-usage",
      `${missing.from} names ${missing.folder}, which is not a folder. Correct it, or leave it out.`,
    );
  return roots.map(({ folder }) => folder);
}
