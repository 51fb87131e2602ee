import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { checkRecord, type TrialRecord } from "@metabench/core";
import { execa } from "execa";
import { onTestFinished } from "vitest";

// The built command, as users start it. Prepared data and the native library are in the user's cache: they are made once.
const bin = fileURLToPath(new URL("../packages/harness/bin/metabench.mjs", import.meta.url));

/** A folder outside the repository with these files; gone after the test. */
export function workingFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "metabench-end-to-end-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Starts `metabench` with these words, in a folder. */
export function start(cwd: string, args: string, env: Readonly<Record<string, string>> = {}) {
  const subprocess = execa(process.execPath, [bin, ...args.split(" ")], {
    cwd,
    reject: false,
    env: { NO_COLOR: "1", METABENCH_DATA: "", ...env },
  });
  onTestFinished(() => {
    subprocess.kill("SIGKILL");
  });
  return subprocess;
}

/** What a command came to: exit code, standard output, standard error. */
export async function metabench(cwd: string, args: string, env: Readonly<Record<string, string>> = {}) {
  const { exitCode: code, stdout: out, stderr: note } = await start(cwd, args, env);
  return { code, out, note };
}

/** The records in a folder, each checked, by id of their algorithm. */
export function recordsIn(store: string): ReadonlyMap<string, TrialRecord> {
  const files = readdirSync(store).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
  const records = files.map((name) =>
    checkRecord(JSON.parse(readFileSync(join(store, name), "utf8")), join(store, name)),
  );
  return new Map(records.map((record) => [record.spec.algorithm.id, record]));
}

/** The only record of an algorithm. */
export function recordOf(store: string, algorithm: string): TrialRecord {
  const record = recordsIn(store).get(algorithm);
  if (record) return record;
  throw new Error(
    `There is no record of ${algorithm} in ${store}, only of ${[...recordsIn(store).keys()].join(", ")}.`,
  );
}
