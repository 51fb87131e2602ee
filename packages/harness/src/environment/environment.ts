import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { cpu, mem, osInfo } from "systeminformation";
import { z } from "zod";

/** Where a record was made: everything about code and machine that a reader needs to judge or repeat it. */
export const environmentSchema = z.strictObject({
  /** The suite's commit, `null` outside a Git checkout. */
  commit: z.string().nullable(),
  /** Whether tracked files differed from that commit. */
  dirty: z.boolean().nullable(),
  /** SHA-256 of `package-lock.json`, `null` where there is none. */
  lockFileHash: z.string().nullable(),
  node: z.string(),
  /** Versions of the packages that compute, by name. */
  packages: z.record(z.string(), z.string()),
  platform: z.strictObject({ os: z.string(), release: z.string(), architecture: z.string() }),
  processor: z.strictObject({
    model: z.string(),
    cores: z.int().positive(),
    physicalCores: z.int().positive(),
  }),
  memoryBytes: z.int().positive(),
});

/** See {@link environmentSchema}. */
export type Environment = Readonly<z.infer<typeof environmentSchema>>;

const here = dirname(fileURLToPath(import.meta.url));
const named = [
  "@metabench/core",
  "@metabench/algorithms",
  "@metabench/datasets",
  "@metabench/harness",
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-node-gpu",
  "@tensorflow/tfjs-backend-wasm",
];

/** Describes this checkout and this machine. The backend and its device are not here: only the process that computes knows them. */
export async function environment(): Promise<Environment> {
  const [root, commit, changes, system, processor, memory, versions] = await Promise.all([
    git("rev-parse", "--show-toplevel"),
    git("rev-parse", "HEAD"),
    git("status", "--porcelain", "--untracked-files=no"),
    osInfo(),
    cpu(),
    mem(),
    Promise.all(named.map(async (name) => [name, await versionOf(name)] as const)),
  ]);
  return {
    commit,
    dirty: changes === null ? null : changes !== "",
    lockFileHash: root === null ? null : await hashOf(join(root, "package-lock.json")),
    node: process.versions.node,
    packages: Object.fromEntries(
      versions.filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    platform: {
      os: [system.distro, system.release].join(" "),
      release: system.kernel,
      architecture: process.arch,
    },
    processor: {
      model: `${processor.manufacturer} ${processor.brand}`.trim(),
      cores: processor.cores,
      physicalCores: processor.physicalCores,
    },
    memoryBytes: memory.total,
  };
}

/** An installed package may lie in a checkout of its user, whose commit says nothing about the suite. */
const installed = here.split(sep).includes("node_modules");

async function git(...args: string[]): Promise<string | null> {
  if (installed) return null;
  const { failed, stdout } = await execa("git", args, { cwd: here, reject: false, stdin: "ignore" });
  return failed ? null : stdout.trim();
}

async function hashOf(file: string): Promise<string | null> {
  const content = await readFile(file).catch(() => null);
  return content === null ? null : createHash("sha256").update(content).digest("hex");
}

async function versionOf(name: string): Promise<string | undefined> {
  try {
    const manifest: unknown = JSON.parse(
      await readFile(createRequire(import.meta.url).resolve(`${name}/package.json`), "utf8"),
    );
    return z.object({ version: z.string() }).parse(manifest).version;
  } catch {
    return undefined;
  }
}
