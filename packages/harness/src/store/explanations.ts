import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  checkExplanation,
  explainedBy,
  explanationFile,
  MetabenchError,
  parseJson,
  unprintablePath,
  type Explanation,
} from "@metabench/core";
import { isSystemError, storeFailure } from "./failure.ts";
import { formatJson } from "./format.ts";
import { readPlainFile } from "./read-plain-file.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Explanations of trials in a store's folder, each beside the record that it is of. */
export interface Explanations {
  fileOf(identity: string): string;
  /** Null where there is none. @throws MetabenchError `invalid-record` with file, field and reason */
  read(identity: string): Promise<Explanation | null>;
  /** Writes an explanation whole or not at all, in place of one that is there; returns its file. @throws MetabenchError `store-failed` */
  write(explanation: Explanation): Promise<string>;
  /** Every explanation in the folder. @throws MetabenchError `invalid-record` for the first that is malformed */
  list(): Promise<readonly Explanation[]>;
}

/** The explanations in a store's folder. */
export function explanationsIn(folder: string): Explanations {
  const fileOf = (identity: string) => join(folder, explanationFile(identity));
  const read = async (identity: string): Promise<Explanation | null> => {
    const file = fileOf(identity);
    const text = await readPlainFile(file).catch((cause: unknown) => {
      if (isSystemError(cause, "ENOENT")) return null;
      throw storeFailure(`${file} cannot be read`, cause);
    });
    return text === null ? null : checkExplanation(parse(text, file), file, identity);
  };
  return {
    fileOf,
    read,
    async write(explanation) {
      const file = fileOf(explanation.identity);
      try {
        await writeAtomically(file, formatJson(explanation), {
          replace: true,
          temporaryFolder: join(folder, ".work"),
        });
      } catch (cause) {
        throw storeFailure(`${file} cannot be written`, cause);
      }
      return file;
    },
    async list() {
      const names = await readdir(folder).catch((cause: unknown) => {
        throw storeFailure(`The store ${folder} cannot be read`, cause);
      });
      const all: Explanation[] = [];
      for (const identity of names.sort().flatMap((name) => explainedBy(name) ?? [])) {
        const one = await read(identity);
        if (one) all.push(one);
      }
      return all;
    },
  };
}

function parse(text: string, file: string): unknown {
  const invalid = (what: string, cause?: unknown) =>
    new MetabenchError(
      "invalid-record",
      `${file} is not a valid explanation of a trial: ${what}. Delete the file and run \`metabench explain\` again, or restore it.`,
      { cause },
    );
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw invalid(`it is not JSON (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
  const found = unprintablePath(value);
  if (found)
    throw invalid(
      `${found.path.join(".")}: it holds the character ${found.character}, which is not for print`,
    );
  return value;
}
