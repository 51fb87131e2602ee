import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";

/** Version of Node's stable native interface that the add-on is built for; the newest one tfjs 4.22.0 looks for. */
export const napiVersion = 8;

/** The sources of the add-on that binds TensorFlow's C library to Node. */
export interface AddonSources {
  /** Folder with the `.cc` and `.h` files. */
  readonly binding: string;
  /** Folder with `node_api.h`. */
  readonly headers: string;
}

const require = createRequire(import.meta.url);

function packageFolder(): string {
  return dirname(require.resolve("@tensorflow/tfjs-node-gpu/package.json"));
}

/** The sources in the npm packages `@tensorflow/tfjs-node-gpu` and `node-api-headers` of this checkout. */
export function addonSources(): AddonSources {
  return {
    binding: join(packageFolder(), "binding"),
    headers: join(dirname(require.resolve("node-api-headers/package.json")), "include"),
  };
}

/** Where `@tensorflow/tfjs-node-gpu` looks for the add-on. */
export function addonPath(): string {
  return join(packageFolder(), "lib", `napi-v${napiVersion}`, "tfjs_binding.node");
}

/** SHA-256 over names and contents of the add-on's sources. */
export async function hashOfSources({ binding }: AddonSources): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(binding)).sort())
    hash.update(`${name}\0`).update(await readFile(join(binding, name)));
  return hash.digest("hex");
}

/** Puts the add-on where it is looked for, unless the same one is there; a process that has the old one loaded keeps it. */
export async function placeAddon(addon: string, target: string): Promise<boolean> {
  const [ours, theirs] = await Promise.all([readFile(addon), readFile(target).catch(() => undefined)]);
  if (theirs?.equals(ours) === true) return false;
  await mkdir(dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}`;
  try {
    await copyFile(addon, temporary);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return true;
}

/** Why native TensorFlow cannot be tried, or `undefined` when its add-on is in place. */
export function whyNotNative(): string | undefined {
  return existsSync(addonPath()) ? undefined : "native TensorFlow is not set up; run: metabench setup";
}
