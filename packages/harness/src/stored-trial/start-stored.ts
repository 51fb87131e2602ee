import { access } from "node:fs/promises";
import { join } from "node:path";
import { MetabenchError, type CompletedRecord } from "@metabench/core";
import { quoted, startMessage, type RunOptions } from "../execute/index.ts";
import { parametersFile } from "../work-folder/index.ts";
import { checkAsRecorded } from "./as-recorded.ts";

/** What work on stored parameters needs of a run's options: nothing is trained, and nothing is timed. */
export type StoredTrialOptions = Omit<RunOptions, "jobs" | "triedSettings" | "again" | "onEvent">;

/**
 * The first message to a process that is to work on the parameters that a store keeps of a trial, and the plugins and prepared data that it
 * names.
 *
 * @throws MetabenchError `store-failed` where no parameters are kept, `invalid-record` where plugins or data are no longer those of the record
 */
export async function startStored(
  { identity, spec, provenance }: CompletedRecord,
  purpose: "explain" | "retest",
  options: StoredTrialOptions,
) {
  const folder = options.store.parametersFolder(identity);
  const file = join(folder, parametersFile);
  await access(file).catch((cause: unknown) => {
    throw new MetabenchError(
      "store-failed",
      `The store keeps no parameters of this trial (${file}): it ran elsewhere, or before parameters were kept. Run it again: ${provenance.command} --store ${quoted(options.store.folder)} --force`,
      { cause },
    );
  });
  const started = await startMessage(spec, folder, purpose, null, options);
  checkAsRecorded(spec, started.plugins, started.contentHash);
  return started;
}
