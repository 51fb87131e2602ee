import { access, copyFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  MetabenchError,
  printableRecord,
  readRecord,
  trialIdentity,
  type TrialRecord,
} from "@metabench/core";
import { claim, type Release } from "./claim.ts";
import { isSystemError, storeFailure } from "./failure.ts";
import { formatJson } from "./format.ts";
import { writeAtomically } from "./write-atomically.ts";
import { makeFolder } from "./make-folder.ts";
import { readPlainFile } from "./read-plain-file.ts";

/** Records of trials on disk, one file each, named by the trial's identity. Any number of processes and machines may share one. */
export interface Store {
  /** Absolute path. */
  readonly folder: string;
  /** Whether the trial has a record. */
  has(identity: string): Promise<boolean>;
  /** @throws MetabenchError `store-failed` when there is none; `invalid-record` with file, field and reason */
  read(identity: string): Promise<TrialRecord>;
  /** Writes a record whole or not at all. @throws MetabenchError `store-failed`, also when one exists and `force` is not set */
  write(record: TrialRecord, options?: { readonly force?: boolean }): Promise<void>;
  /** All records, sorted by identity. @throws MetabenchError `invalid-record` for the first that is malformed */
  list(): Promise<readonly TrialRecord[]>;
  /** Where a trial keeps its checkpoints; exists after `claim`. */
  workFolder(identity: string): string;
  /** Where a completed trial's selected parameters are kept, so that it can be tested anew without training. */
  parametersFolder(identity: string): string;
  /** Copies a file of the trial's work folder, which stays until the record is there, to its {@link Store.parametersFolder}, in place of one that is there. */
  keepParameters(identity: string, file: string): Promise<void>;
  /** Deletes a trial's checkpoints. */
  discardWork(identity: string): Promise<void>;
  /** Claims a trial, so that no other process runs it at the same time; null when another has it. Claims of killed processes lapse. */
  claim(identity: string): Promise<Release | null>;
}

const recordFile = /^[0-9a-f]{64}\.json$/;

/**
 * Opens a folder as a store, making it where it does not exist.
 *
 * @param readOnly refuses a folder that does not exist, and writes nothing into one that does
 * @throws MetabenchError `store-failed` when it cannot be made, read or (unless `readOnly`) written
 */
export async function openStore(
  path: string,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Promise<Store> {
  const folder = resolve(path);
  const fileOf = (identity: string) => join(folder, `${identity}.json`);
  const workFolder = (identity: string) => join(folder, ".work", identity);
  const parametersFolder = (identity: string) => join(folder, ".parameters", identity);
  const attempt = async <T>(what: string, action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw storeFailure(what, error);
    }
  };
  const listFiles = async () => (await readdir(folder)).filter((name) => recordFile.test(name)).sort();

  if (readOnly) await attempt(`The store ${folder} cannot be read`, listFiles);
  else
    await attempt(`The store ${folder} cannot be used`, async () => {
      await makeFolder(folder);
      await writeFile(join(folder, ".gitignore"), ".work/\n.parameters/\n", { flag: "wx" }).catch(
        (error: unknown) => {
          if (!isSystemError(error, "EEXIST")) throw error;
        },
      );
      await listFiles();
    });

  return {
    folder,
    workFolder,
    has: async (identity) =>
      access(fileOf(identity)).then(
        () => true,
        () => false,
      ),
    read: async (identity) => readFrom(fileOf(identity), identity),
    async write(record, { force = false } = {}) {
      const file = fileOf(record.identity);
      await attempt(`${file} cannot be written`, async () =>
        writeAtomically(file, formatJson(printableRecord(record)), {
          replace: force,
          temporaryFolder: join(folder, ".work"),
        }).catch((cause: unknown) => {
          if (!isSystemError(cause, "EEXIST")) throw cause;
          throw new MetabenchError(
            "store-failed",
            `${file} exists: this trial is done. Use --force to run it again.`,
            { cause },
          );
        }),
      );
    },
    async list() {
      const files = await attempt(`The store ${folder} cannot be read`, listFiles);
      const records: TrialRecord[] = [];
      for (const name of files) records.push(await readFrom(join(folder, name), name.replace(".json", "")));
      return records;
    },
    parametersFolder,
    keepParameters: async (identity, file) =>
      attempt(`The parameters of ${identity} cannot be kept in ${folder}`, async () => {
        await makeFolder(parametersFolder(identity));
        const kept = join(parametersFolder(identity), file);
        await copyFile(join(workFolder(identity), file), `${kept}.tmp`);
        await rename(`${kept}.tmp`, kept);
      }),
    discardWork: async (identity) =>
      attempt(`${workFolder(identity)} cannot be deleted`, async () =>
        rm(workFolder(identity), { recursive: true, force: true }),
      ),
    claim: async (identity) =>
      attempt(`Trial ${identity} cannot be claimed in ${folder}`, async () => claim(workFolder(identity))),
  };
}

async function readFrom(file: string, identity: string): Promise<TrialRecord> {
  let text: string;
  try {
    text = await readPlainFile(file);
  } catch (cause) {
    throw storeFailure(`${file} cannot be read`, cause);
  }
  const record = readRecord(text, file);
  if (record.identity !== identity || trialIdentity(record.spec) !== identity)
    throw new MetabenchError(
      "invalid-record",
      `${file} is not a valid trial record: identity: its name, its field identity (${record.identity}) and the SHA-256 of its spec (${trialIdentity(record.spec)}) differ. Delete the file and run the trial again, or restore it.`,
    );
  return record;
}
