import { existsSync, realpathSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describeIssues, MetabenchError } from "@metabench/core";
import { z } from "zod";

/** Where the plugins of one source lie. */
export interface PluginModule {
  /** File URL to import. */
  readonly module: string;
  readonly package: string | null;
  readonly packageVersion: string | null;
}

const packageSchema = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  metabench: z.strictObject({
    plugins: z.string().regex(/^\.\//, 'a path inside the package that begins with "./"'),
  }),
});

/**
 * Finds the module of a source of plugins: a package's name, a folder with a `package.json`, or a file.
 *
 * @param source relative paths are seen from `cwd`; packages are looked for there first, then beside the suite
 * @throws MetabenchError `plugin-not-found` when there is nothing; `invalid-plugin` when a package names no plugins
 */
export async function locate(source: string, cwd: string): Promise<PluginModule> {
  const path = resolve(cwd, source);
  if (isPath(source)) {
    if (existsSync(path)) return locatePath(path);
    throw new MetabenchError(
      "plugin-not-found",
      `There is no plugin at ${path}. Check the path; it is relative to ${cwd}.`,
    );
  }
  const manifest =
    findPackage(source, pathToFileURL(join(cwd, "package.json")).href) ??
    findPackage(source, import.meta.url);
  if (manifest !== undefined) return locatePackage(manifest);
  if (existsSync(path)) return locatePath(path);
  throw new MetabenchError(
    "plugin-not-found",
    `There is no package "${source}" as seen from ${cwd} or from the suite, and no such file or folder. Run \`npm install ${source}\`, or give a path such as ./my-method.ts.`,
  );
}

function isPath(source: string): boolean {
  return isAbsolute(source) || /^\.{1,2}([/\\]|$)/.test(source) || /\.[cm]?[jt]sx?$/.test(source);
}

function findPackage(name: string, base: string): string | undefined {
  try {
    return findPackageJSON(name, base);
  } catch {
    return undefined;
  }
}

async function locatePath(path: string): Promise<PluginModule> {
  // Node follows links before it decides what a module is; so must its name here, or one file would be two plugins.
  const real = realpathSync(path);
  if (statSync(real).isFile())
    return { module: pathToFileURL(real).href, package: null, packageVersion: null };
  const manifest = join(real, "package.json");
  if (existsSync(manifest)) return locatePackage(manifest);
  throw new MetabenchError(
    "invalid-plugin",
    `${path} is a folder without package.json. Name the plugin's file instead, or add one. ${declaration}`,
  );
}

const declaration =
  'A package of plugins says where they are in its package.json: "metabench": { "plugins": "./dist/index.js" }.';

async function locatePackage(manifest: string): Promise<PluginModule> {
  const parsed = packageSchema.safeParse(await readJson(manifest));
  if (!parsed.success)
    throw new MetabenchError(
      "invalid-plugin",
      `${manifest}: ${describeIssues(parsed.error)}. ${declaration}`,
    );
  const { name, version, metabench } = parsed.data;
  const file = resolve(dirname(manifest), metabench.plugins);
  if (!existsSync(file))
    throw new MetabenchError(
      "invalid-plugin",
      `${manifest} says that plugins are in ${metabench.plugins}, but ${file} does not exist. Build the package, or fix the path.`,
    );
  return { module: pathToFileURL(realpathSync(file)).href, package: name, packageVersion: version };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new MetabenchError("invalid-plugin", `${file} is not valid JSON. Fix it, then try again.`, {
      cause,
    });
  }
}
