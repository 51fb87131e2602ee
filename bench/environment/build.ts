import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { MetabenchError } from "@metabench/core";
import { execa } from "execa";
import { z } from "zod";
import type { Python } from "./python.ts";

/** Written last: a folder without it, or with another key, was interrupted. */
const seal = "complete.json";
const sealSchema = z.strictObject({ key: z.string(), notes: z.array(z.string()) });

/** What to put into an environment. */
export interface Requirements {
  /** pip's requirements files. Without an optional one the comparison goes on, with a note. */
  readonly needed: string;
  readonly optional: string;
}

/** An environment that is ready. */
export interface Environment {
  readonly python: string;
  /** What could not be installed, in words. */
  readonly notes: readonly string[];
}

const programIn = (folder: string): string =>
  process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");

async function keyOf({ needed, optional }: Requirements, { version }: Python): Promise<string> {
  const hash = createHash("sha256").update(`${version}\0${process.platform}\0${process.arch}\0`);
  for (const file of [needed, optional]) hash.update(await readFile(file)).update("\0");
  return hash.digest("hex").slice(0, 16);
}

/** The environment in `folder`, if its building came to an end. */
async function whole(folder: string, key: string): Promise<Environment | undefined> {
  const text = await readFile(join(folder, seal), "utf8").catch(() => "null");
  try {
    const sealed = sealSchema.parse(JSON.parse(text));
    return sealed.key === key ? { python: programIn(folder), notes: sealed.notes } : undefined;
  } catch {
    return undefined;
  }
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Takes away what builds left that were killed. */
async function sweep(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = /^\.building-[0-9a-f]+-(\d+)$/u.exec(name)?.[1];
    if (pid !== undefined && !alive(Number(pid)))
      await rm(join(home, name), { recursive: true, force: true });
  }
}

async function must(command: string, args: readonly string[], advice: string): Promise<void> {
  const { failed, all, shortMessage } = await execa(command, args, {
    reject: false,
    stdin: "ignore",
    all: true,
  });
  if (!failed) return;
  const lines = all.split("\n").map((line) => line.trim());
  const said =
    lines.findLast((line) => /^(ERROR|Error)\b/u.test(line)) ?? lines.findLast((line) => line !== "");
  throw new MetabenchError("set-up-failed", `${said ?? shortMessage ?? command}. ${advice}`);
}

/**
 * The Python environment of the peers, built from the package index that pip is set to unless it is there.
 *
 * It is built in a folder of its own, sealed and then renamed: whatever interrupts it, an environment is whole or absent.
 *
 * @param home folder for environments, in the cache
 * @throws MetabenchError `set-up-failed`
 */
export async function environment(
  home: string,
  requirements: Requirements,
  python: Python,
  report: (line: string) => void,
): Promise<Environment> {
  const key = await keyOf(requirements, python);
  const folder = join(home, key);
  const there = await whole(folder, key);
  if (there) return there;
  await mkdir(home, { recursive: true });
  await sweep(home);
  const building = join(home, `.building-${key}-${String(process.pid)}`);
  const install = (...args: readonly string[]) => [
    ...["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"],
    ...args,
  ];
  try {
    report(`Making a Python ${python.version} environment …`);
    await must(
      python.command,
      ["-m", "venv", building],
      "On Debian or Ubuntu, python3-venv is a package of its own: apt-get install python3-venv",
    );
    report("Installing PyTorch, easyfsl and LibMTL (about 3 GB to download on Linux, some minutes) …");
    await must(
      programIn(building),
      install("-r", requirements.needed),
      "Check the network and pip's index (pip config list), then start again",
    );
    report("Trying to install learn2learn …");
    const notes: string[] = [];
    await must(programIn(building), install("--no-deps", "-r", requirements.optional), "").catch(() => {
      notes.push(
        `learn2learn does not install on Python ${python.version}: the same MAML loop is written in plain PyTorch`,
      );
    });
    await writeFile(join(building, seal), JSON.stringify({ key, notes }));
    // What lies here without a seal was not built by this program to its end.
    if ((await whole(folder, key)) === undefined) {
      await rm(folder, { recursive: true, force: true });
      await rename(building, folder);
    }
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  const built = await whole(folder, key);
  if (built) return built;
  throw new MetabenchError(
    "set-up-failed",
    `${folder} could not be sealed. Look for space on the disk, then start again.`,
  );
}
