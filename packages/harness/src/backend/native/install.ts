import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { addonSources, hashOfSources, napiVersion } from "./addon.ts";
import type { AddonSources } from "./addon.ts";
import { compileAddon, tryAddon } from "./compile.ts";
import { downloadWheels } from "./download.ts";
import { withLock } from "./lock.ts";
import { isWhole, writeManifest } from "./manifest.ts";
import { Obstacle } from "./obstacle.ts";
import { timed } from "./progress.ts";
import type { Report } from "./progress.ts";
import type { NativeSource } from "./sources.ts";
import { findToolchain } from "./toolchain.ts";
import { unpackWheels } from "./unpack.ts";

/** A finished installation in the cache. */
export interface Installation {
  readonly folder: string;
  readonly addon: string;
  /** Whether this call built it; `false` when it was there, or another process built it meanwhile. */
  readonly built: boolean;
}

/** Where to install, and from which add-on sources. */
export interface InstallOptions {
  readonly cache: string;
  readonly report: Report;
  readonly sources?: AddonSources;
}

/**
 * Makes sure that `source` is unpacked and its add-on built in the cache; milliseconds when it already is.
 *
 * Everything happens in a temporary folder that is renamed at the end, so an installation is whole or absent. A lock lets the
 * second of two set-ups wait and use what the first made.
 *
 * @throws {Obstacle} for each thing that can stand in the way.
 */
export async function install(
  source: NativeSource,
  { cache, report, sources = addonSources() }: InstallOptions,
): Promise<Installation> {
  const key = await keyOf(source, sources);
  const home = join(cache, "native");
  const folder = join(home, key);
  const done = { folder, addon: join(folder, "tfjs_binding.node") };
  if (await isWhole(folder, key)) return { ...done, built: false };

  await mkdir(home, { recursive: true }).catch((cause: unknown) => {
    throw new Obstacle(
      "disk",
      `the cache folder ${home} cannot be made; set METABENCH_CACHE to a folder that can be written`,
      { cause },
    );
  });
  return withLock(folder, report, async () => {
    if (await isWhole(folder, key)) return { ...done, built: false };
    await clean(home, key);
    const toolchain = await findToolchain();
    await checkSpace(home, source.space);
    const temporary = join(home, `.${key}.${randomUUID()}`);
    try {
      await build(source, sources, { temporary, folder, key, toolchain, report });
      await rename(temporary, folder);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    return { ...done, built: true };
  });
}

/** The add-on of `source` in `cache`, or `undefined` when it is not installed there. */
export async function installedAddon(source: NativeSource, cache: string): Promise<string | undefined> {
  const key = await keyOf(source, addonSources());
  const folder = join(cache, "native", key);
  return (await isWhole(folder, key)) ? join(folder, "tfjs_binding.node") : undefined;
}

interface Build {
  readonly temporary: string;
  readonly folder: string;
  readonly key: string;
  readonly toolchain: Awaited<ReturnType<typeof findToolchain>>;
  readonly report: Report;
}

async function build(
  source: NativeSource,
  sources: AddonSources,
  { temporary, folder, key, toolchain, report }: Build,
): Promise<void> {
  const [{ project, version }] = source.wheels;
  const library = join(temporary, "tensorflow");
  const addon = join(temporary, "tfjs_binding.node");
  const wheels = await timed(
    report,
    `Downloading ${project} ${version} (${size(source.download)}) and checking its checksum`,
    async () => downloadWheels(toolchain.pip, source.wheels, join(temporary, "wheels")),
  );
  await timed(report, "Unpacking the C library", async () =>
    unpackWheels(toolchain.python, wheels, temporary),
  );
  await timed(report, `Compiling the add-on with ${toolchain.compiler.version}`, async () =>
    compileAddon({
      compiler: toolchain.compiler,
      sources,
      library,
      finalLibrary: join(folder, "tensorflow"),
      addon,
    }),
  );
  await timed(report, "Trying the add-on", async () => tryAddon(addon, library, source.version));
  await rm(join(temporary, "wheels"), { recursive: true, force: true });
  await writeManifest(temporary, key);
}

async function keyOf(source: NativeSource, sources: AddonSources): Promise<string> {
  const hash = createHash("sha256");
  for (const { sha256 } of source.wheels) hash.update(sha256);
  hash.update(await hashOfSources(sources));
  return `${source.wheels[0].project}-${source.version}-napi${napiVersion}-${hash.digest("hex").slice(0, 12)}`;
}

/** Removes what an interrupted set-up left, and an installation that is not whole; only the holder of the lock may. */
async function clean(home: string, key: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name === key || name.startsWith(`.${key}.`))
      await rm(join(home, name), { recursive: true, force: true });
  }
}

async function checkSpace(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new Obstacle(
    "disk",
    `${folder} has ${size(free)} free and ${size(needed)} are needed; free some, or set METABENCH_CACHE to a larger disk`,
  );
}

/** Bytes as a person reads them: `259 MB`, `3.2 GB`. */
function size(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
