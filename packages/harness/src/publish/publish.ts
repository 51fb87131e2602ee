import { join, resolve } from "node:path";
import { compileLeaderboard, standingsCsv } from "@metabench/core";
import { explanationsIn, formatJson, makeFolder, storeFailure, writeAtomically } from "../store/index.ts";
import { buildSite } from "./build-site.ts";
import { readStores } from "./read-stores.ts";

/** What {@link publish} takes. */
export interface PublishOptions {
  /** Folders of records. */
  readonly stores: readonly string[];
  /** Folder to write to. */
  readonly out: string;
  /** Whether to build the site. */
  readonly site: boolean;
  /** Folder that relative paths are seen from. */
  readonly cwd: string;
  onProgress(line: string): void;
}

/** What was written; paths are absolute. */
export interface Published {
  readonly records: number;
  readonly tables: number;
  readonly standingsJson: string;
  readonly standingsCsv: string;
  readonly site: string | null;
}

/**
 * Compiles records into `standings.json` and `standings.csv`, and builds the site from the same records.
 *
 * Nothing is written before every record, and every explanation beside one, has been checked.
 *
 * @throws MetabenchError `invalid-record` with file, field and reason; `store-failed`; `set-up-failed` when the site does not build
 */
export async function publish({ stores, out, site, cwd, onProgress }: PublishOptions): Promise<Published> {
  const folders = stores.map((folder) => resolve(cwd, folder));
  const target = resolve(cwd, out);
  const records = await readStores(folders);
  for (const folder of folders) await explanationsIn(folder).list();
  const leaderboard = compileLeaderboard(records);
  const files = {
    standingsJson: join(target, "standings.json"),
    standingsCsv: join(target, "standings.csv"),
  };
  try {
    await makeFolder(target);
    const options = { replace: true, temporaryFolder: target };
    await writeAtomically(files.standingsJson, formatJson(leaderboard), options);
    await writeAtomically(files.standingsCsv, standingsCsv(leaderboard), options);
  } catch (error) {
    throw storeFailure(`The standings cannot be written to ${target}`, error);
  }
  const siteFolder = site
    ? await buildSite({ stores: folders, out: join(target, "site"), onProgress })
    : null;
  return { records: records.length, tables: leaderboard.tables.length, ...files, site: siteFolder };
}
