import { readdirSync, readFileSync } from "node:fs";
import { MetabenchError, parseJson } from "@metabench/core";

/** Names of the JSON files in a folder, sorted; none where it does not exist. */
export function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .toSorted();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw cause;
  }
}

/**
 * What a JSON file holds.
 *
 * @param kind what it should be, for the message
 * @throws MetabenchError `invalid-record` where it is no JSON
 */
export function readJson(file: string, kind: string): unknown {
  try {
    return parseJson(readFileSync(file, "utf8"));
  } catch (cause) {
    const message = `${file} is not a valid ${kind}: ${String(cause)}. Delete the file and create it again, or restore it.`;
    throw new MetabenchError("invalid-record", message, { cause });
  }
}
