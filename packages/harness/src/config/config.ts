import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describeFieldIssues, MetabenchError, trainingOptionsSchema } from "@metabench/core";
import { z } from "zod";
import { guardedImport, installResolution } from "../plugins/index.ts";

const text = z.string().min(1);
const options = z.record(text, z.json());

/** What a `metabench.config.ts` (or .js, .mjs, .json) exports by default. Flags are stronger. */
const configSchema = z.strictObject({
  /** Packages, folders and files of plugins. */
  plugins: z.array(text).default([]),
  /** Folders in which data files are looked for. */
  data: z.array(text).default([]),
  /** Folder of records. */
  store: text.optional(),
  /** Trials side by side. */
  jobs: z.int().positive().optional(),
  /** Training options for every method, as `--training`. */
  training: trainingOptionsSchema.optional(),
  /** Options of data sets by id, for where one is named: as `--dataset-set` of `run`, and `--set` of `prepare`. */
  datasets: z.record(text, options).default({}),
  /** Options of backbones by id, for where one takes the place of a protocol's: as `--backbone-set`. */
  backbones: z.record(text, options).default({}),
});

/** A configuration, its folders absolute. */
export type Config = z.infer<typeof configSchema>;

const names = [
  "metabench.config.ts",
  "metabench.config.js",
  "metabench.config.mjs",
  "metabench.config.json",
] as const;

/**
 * Reads the configuration of a folder; without a file, an empty one.
 *
 * @throws MetabenchError `invalid-usage` naming file and field, also where there is more than one file
 */
export async function loadConfig(cwd: string): Promise<Config> {
  const [name, second] = names.filter((candidate) => existsSync(join(cwd, candidate)));
  if (name === undefined) return configSchema.parse({});
  if (second !== undefined)
    throw new MetabenchError("invalid-usage", `${cwd} holds both ${name} and ${second}. Keep one of them.`);
  const file = join(cwd, name);
  const parsed = configSchema.safeParse(await read(file), { reportInput: true });
  if (!parsed.success)
    throw new MetabenchError(
      "invalid-usage",
      `${file}: ${describeFieldIssues(parsed.error, configSchema)} Fix the file; docs/cli.md lists its fields.`,
    );
  const { data, store, ...rest } = parsed.data;
  return {
    ...rest,
    data: data.map((folder) => resolve(cwd, folder)),
    ...(store === undefined ? {} : { store: resolve(cwd, store) }),
  };
}

async function read(file: string): Promise<unknown> {
  try {
    if (file.endsWith(".json")) return JSON.parse(await readFile(file, "utf8"));
    installResolution();
    const module = await guardedImport(
      file,
      async () => import(pathToFileURL(file).href) as Promise<{ readonly default?: unknown }>,
    );
    return module.default;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MetabenchError(
      "invalid-usage",
      `${file} cannot be read: ${reason}. Fix the file, or remove it.`,
      { cause },
    );
  }
}
