import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { findCompiler } from "./compiler.ts";
import { detachedConfiguration } from "./configuration.ts";

/** One error of the compiler, at a place in a file. */
export interface TypeFault {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Such as `TS2322`. */
  readonly code: string;
  readonly message: string;
}

/** How a type check came out. */
export type TypeCheck =
  | { readonly status: "passed" }
  | { readonly status: "failed"; readonly faults: readonly TypeFault[] }
  | { readonly status: "not-checked"; readonly reason: string };

const typeScript = /\.m?ts$/;

/**
 * Checks the types of a plugin's file and of what it imports by relative paths, against the suite's own copies of the packages it runs with.
 *
 * The compiler runs in a process of its own: some seconds, beside whatever else is done. The tsconfig of the plugin's folder plays no part.
 *
 * @param file absolute path
 */
export async function checkTypes(file: string, signal?: AbortSignal): Promise<TypeCheck> {
  if (!typeScript.test(file)) return { status: "not-checked", reason: "it is JavaScript." };
  const folder = await mkdtemp(join(tmpdir(), "metabench-types-"));
  const configuration = join(folder, "tsconfig.json");
  try {
    await writeFile(configuration, JSON.stringify({ ...detachedConfiguration(), files: [file] }));
    return await compile(configuration, dirname(file), signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs the compiler on a tsconfig that emits nothing.
 *
 * @param folder where TypeScript is looked for first; paths in the answer are seen from there
 */
export async function compile(
  configuration: string,
  folder: string,
  signal?: AbortSignal,
): Promise<TypeCheck> {
  const compiler = findCompiler(folder);
  if ("missing" in compiler) return { status: "not-checked", reason: compiler.missing };
  const { exitCode, stdout, stderr, isCanceled } = await execa(
    process.execPath,
    [compiler.program, "--project", configuration, "--pretty", "false"],
    { cwd: folder, reject: false, stdin: "ignore", ...(signal && { cancelSignal: signal }) },
  );
  if (isCanceled) return { status: "not-checked", reason: "it was interrupted." };
  if (exitCode === 0) return { status: "passed" };
  const faults = faultsOf(stdout, folder);
  return faults.length > 0
    ? { status: "failed", faults }
    : { status: "not-checked", reason: `the compiler says: ${`${stdout}\n${stderr}`.trim()}` };
}

/** `mine.ts(12,5): error TS2322: …`, with what explains it in the indented lines below. */
export function faultsOf(output: string, folder: string): readonly TypeFault[] {
  const faults: TypeFault[] = [];
  for (const line of output.split(/\r?\n/)) {
    const [, file, row, column, code, message] =
      /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/.exec(line) ?? [];
    if (file !== undefined && code !== undefined && message !== undefined)
      faults.push({ file: resolve(folder, file), line: Number(row), column: Number(column), code, message });
    else if (/^\s+\S/.test(line)) {
      const last = faults.pop();
      if (last) faults.push({ ...last, message: `${last.message}\n${line}` });
    }
  }
  return faults;
}
