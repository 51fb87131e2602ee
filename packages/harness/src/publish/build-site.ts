import { readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { MetabenchError } from "@metabench/core";
import { execa } from "execa";
import { z } from "zod";

/** What {@link buildSite} takes. */
export interface SiteOptions {
  /** Absolute folders of records. */
  readonly stores: readonly string[];
  /** Absolute folder for the site; what is in it is replaced. */
  readonly out: string;
  onProgress(line: string): void;
}

const astroPackage = z.object({ bin: z.object({ astro: z.string() }) });

/**
 * Builds the static site of `@metabench/leaderboard` in a process of its own.
 *
 * @returns the folder of the site
 * @throws MetabenchError `set-up-failed` when the site's package is not installed or the site does not build
 */
export async function buildSite({ stores, out, onProgress }: SiteOptions): Promise<string> {
  const app = dirname(find("@metabench/leaderboard", import.meta.url));
  const astro = find("astro", pathToFileURL(join(app, "package.json")).href);
  const { bin } = astroPackage.parse(JSON.parse(await readFile(astro, "utf8")));
  onProgress("Building the site …");
  const result = await execa(process.execPath, [join(dirname(astro), bin.astro), "build", "--outDir", out], {
    cwd: app,
    env: { METABENCH_RESULTS: stores.join(delimiter), ASTRO_TELEMETRY_DISABLED: "1" },
    all: true,
    reject: false,
  });
  if (!result.failed) return out;
  const log = stripVTControlCharacters(result.all).trim().split("\n").slice(-30).join("\n");
  throw new MetabenchError(
    "set-up-failed",
    `The site does not build (${result.shortMessage}). The end of its log:\n${log}\nFix what it names, then publish again.`,
  );
}

function find(name: string, base: string): string {
  try {
    const found = findPackageJSON(name, base);
    if (found !== undefined) return found;
  } catch {
    // Said below: not to be found and not to be resolved are the same to the user.
  }
  throw new MetabenchError(
    "set-up-failed",
    `The package ${name}, which the site is built with, is not installed. Run \`npm install --ignore-scripts @metabench/leaderboard\` beside metabench (in a clone of the repository: \`npm ci\`), or use --no-site for the standings alone.`,
  );
}
