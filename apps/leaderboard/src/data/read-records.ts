import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { explainedBy, readRecord, type TrialRecord } from "@metabench/core";
import { jsonFiles } from "./json-files.ts";

/**
 * Reads every record of the folders, not of folders within them, which hold work in progress; where two folders hold the same identity, the first counts.
 *
 * @param folders paths joined by the system's path delimiter; a folder that does not exist holds no records
 * @throws MetabenchError `invalid-record` with file, field and reason, for the first record that is malformed
 */
export function readRecords(folders: string): readonly TrialRecord[] {
  const records = new Map<string, TrialRecord>();
  for (const folder of folders.split(delimiter).filter((path) => path !== ""))
    for (const name of jsonFiles(folder).filter((one) => explainedBy(one) === null)) {
      const file = join(folder, name);
      const record = readRecord(readFileSync(file, "utf8"), file);
      if (!records.has(record.identity)) records.set(record.identity, record);
    }
  return [...records.values()];
}
