import { readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { checkRecord, MetabenchError, type TrialRecord } from "@metabench/core";

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .toSorted();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw cause;
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${file} is no valid trial record: ${String(cause)}. Delete the file and run the trial again, or restore it.`;
    throw new MetabenchError("invalid-record", message, { cause });
  }
}

/**
 * Reads every record of the folders, not of folders within them, which hold work in progress; where two folders hold the same identity, the first counts.
 *
 * @param folders paths joined by the system's path delimiter; a folder that does not exist holds no records
 * @throws MetabenchError `invalid-record` with file, field and reason, for the first record that is malformed
 */
export function readRecords(folders: string): readonly TrialRecord[] {
  const records = new Map<string, TrialRecord>();
  for (const folder of folders.split(delimiter).filter((path) => path !== ""))
    for (const name of jsonFiles(folder)) {
      const file = join(folder, name);
      const record = checkRecord(parse(readFileSync(file, "utf8"), file), file);
      if (!records.has(record.identity)) records.set(record.identity, record);
    }
  return [...records.values()];
}
