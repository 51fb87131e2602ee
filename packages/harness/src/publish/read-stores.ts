import type { TrialRecord } from "@metabench/core";
import { openStore } from "../store/index.ts";

/**
 * The records of several stores, in the order of the stores; a record that is in two of them comes once, from the first.
 *
 * @throws MetabenchError `store-failed` for a folder that cannot be read; `invalid-record` with file, field and reason
 */
export async function readStores(folders: readonly string[]): Promise<readonly TrialRecord[]> {
  const records = new Map<string, TrialRecord>();
  for (const folder of folders) {
    const store = await openStore(folder, { readOnly: true });
    for (const record of await store.list())
      if (!records.has(record.identity)) records.set(record.identity, record);
  }
  return [...records.values()];
}
