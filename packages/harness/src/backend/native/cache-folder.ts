import { resolve } from "node:path";
import process from "node:process";
import envPaths from "env-paths";

/**
 * The folder outside the repository that keeps what is slow to make: `METABENCH_CACHE`, or else the place the platform has for caches
 * (`~/.cache/metabench` on Linux). It may be deleted at any time.
 */
export function cacheFolder(): string {
  const chosen = process.env["METABENCH_CACHE"];
  return chosen === undefined || chosen === ""
    ? envPaths("metabench", { suffix: "" }).cache
    : resolve(chosen);
}
