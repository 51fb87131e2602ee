import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MetabenchError } from "@metabench/core";
import { z } from "zod";
import { seesSuite, shippedConfiguration, suitePaths, suiteTypeRoots } from "./entry-points.ts";

/** The name by which a project that depends on metabench extends the shipped tsconfig. */
const byName = "@metabench/harness/plugin.tsconfig.json";

const object = z.record(z.string(), z.unknown());
const ownSchema = z.looseObject({
  extends: z.string().endsWith("/plugin.tsconfig.json"),
  compilerOptions: z.looseObject({ paths: object.optional(), typeRoots: z.unknown().optional() }).optional(),
});

/** A tsconfig under which a plugin anywhere is checked as it is run: against the suite's own copies. */
export function detachedConfiguration(): {
  readonly extends: string;
  readonly compilerOptions: Readonly<Record<string, unknown>>;
} {
  return {
    extends: shippedConfiguration,
    compilerOptions: { typeRoots: suiteTypeRoots(), paths: suitePaths() },
  };
}

/**
 * Writes a tsconfig for the plugins of a folder. What its owner added to one of ours stays.
 *
 * In a project that has metabench among its dependencies it only extends the shipped one by name, and can be committed. Anywhere else it
 * names the files of this installation.
 *
 * @returns the file's path
 * @throws MetabenchError `invalid-usage` where another tsconfig is there, and how to use both
 */
export async function writeConfiguration(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  const { compilerOptions = {}, ...rest } = (await existing(file)) ?? {};
  const { paths = {}, ...options } = compilerOptions;
  delete options.typeRoots;
  const ours = suitePaths();
  const foreign = Object.entries(paths).filter(([specifier]) => !(specifier in ours));
  const seen = seesSuite(folder);
  const detached = detachedConfiguration();
  const merged = {
    ...options,
    ...(!seen && detached.compilerOptions),
    ...((!seen || foreign.length > 0) && { paths: { ...Object.fromEntries(foreign), ...(!seen && ours) } }),
  };
  const configuration = {
    include: ["**/*.ts", "**/*.mts"],
    exclude: ["**/node_modules", "**/dist"],
    ...rest,
    extends: seen ? byName : detached.extends,
    ...(Object.keys(merged).length > 0 && { compilerOptions: merged }),
  };
  await writeFile(file, `${JSON.stringify(configuration, null, 2)}\n`).catch((cause: unknown) => {
    throw new MetabenchError("invalid-usage", `${file} cannot be written. Name a folder of your own.`, {
      cause,
    });
  });
  return file;
}

async function existing(file: string): Promise<z.infer<typeof ownSchema> | undefined> {
  if (!existsSync(file)) return undefined;
  const parsed = ownSchema.safeParse(parse(await readFile(file, "utf8")));
  if (parsed.success) return parsed.data;
  throw new MetabenchError(
    "invalid-usage",
    `${file} is there already and does not extend metabench's. Run the command with \`--file tsconfig.metabench.json\`, then write "extends": "./tsconfig.metabench.json" into yours.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // With comments, so someone has written it.
  }
}
