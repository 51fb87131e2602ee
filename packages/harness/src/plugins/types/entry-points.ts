import { existsSync, readFileSync, realpathSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";

/** Packages that plugins get from the suite, wherever they lie; `resolution.ts` does the same at run time. */
const shared = [
  "@metabench/core",
  "@metabench/algorithms",
  "@metabench/datasets",
  "@metabench/harness",
  "zod",
  "@tensorflow/tfjs-core",
] as const;

const manifestSchema = z.object({
  types: z.string().optional(),
  exports: z.record(z.string(), z.unknown()).optional(),
});

/** The folder of a package as seen from a folder, this file's by default; undefined where it is not installed. */
export function packageFolder(name: string, from: string = import.meta.dirname): string | undefined {
  try {
    const manifest = findPackageJSON(name, pathToFileURL(join(from, "package.json")));
    return manifest === undefined ? undefined : realpathSync(dirname(manifest));
  } catch {
    return undefined;
  }
}

/** Compilers on Windows take forward slashes too. */
export const slashed = (path: string): string => path.replaceAll("\\", "/");

function declarationsOf(entry: unknown): string | undefined {
  const parsed = z.looseObject({ types: z.string() }).safeParse(entry);
  return parsed.data?.types;
}

/**
 * The declarations of every way into a package, by what a plugin writes after `from`.
 *
 * `paths` of a tsconfig does not read a package's `exports`, so each entry is written down. A package without `exports` lets every file in.
 */
function entryPointsOf(name: string): readonly (readonly [specifier: string, declarations: string])[] {
  const folder = packageFolder(name);
  if (folder === undefined) return [];
  const { types, exports } = manifestSchema.parse(
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
  );
  if (exports === undefined)
    return [
      [name, slashed(join(folder, types ?? "index.d.ts"))],
      [`${name}/*`, slashed(join(folder, "*"))],
    ];
  return Object.entries(exports).flatMap(([subpath, entry]) => {
    const declarations = declarationsOf(entry);
    if (declarations === undefined) return [];
    const file = join(folder, declarations);
    return subpath.includes("*") || existsSync(file)
      ? [[specifierOf(name, subpath), slashed(file)] as const]
      : [];
  });
}

const specifierOf = (name: string, subpath: string) =>
  subpath === "." ? name : `${name}/${subpath.slice(2)}`;

/** `paths` of a tsconfig: where the suite's own copies of what plugins import have their declarations. */
export function suitePaths(): Readonly<Record<string, readonly [string]>> {
  return Object.fromEntries(
    shared.flatMap(entryPointsOf).map(([specifier, file]) => [specifier, [file] as const]),
  );
}

/** `typeRoots` of a tsconfig: where the declarations of Node lie that the suite was installed with; empty where there are none. */
export function suiteTypeRoots(): readonly string[] {
  const folder = packageFolder("@types/node");
  return folder === undefined ? [] : [slashed(dirname(folder))];
}

/** The tsconfig that comes with the suite: how Node runs plugins, in the words of the compiler. */
export const shippedConfiguration = slashed(join(import.meta.dirname, "../../../plugin.tsconfig.json"));

/** Does a module in this folder find the suite's own copies by itself, as in a project that has metabench among its dependencies? */
export function seesSuite(folder: string): boolean {
  return [...shared, "@types/node"].every((name) => {
    const own = packageFolder(name);
    return own !== undefined && packageFolder(name, folder) === own;
  });
}
