import { fileURLToPath } from "node:url";
import type { AnyAlgorithm } from "@metabench/core";
import { builtInSources, checkTypes, type Loaded, type TypeCheck } from "../../plugins/index.ts";

/** The type check of one plugin file. */
export interface CheckedFile {
  readonly file: string;
  readonly check: TypeCheck;
}

/** Checks the types of each file that the algorithms come from; what comes with the suite is compiled already. */
export async function checkTypesOf(
  loaded: readonly Loaded<AnyAlgorithm>[],
  signal: AbortSignal,
): Promise<readonly CheckedFile[]> {
  const strangers = loaded.filter(({ origin }) => !builtInSources.some((name) => name === origin.package));
  const files = new Set(strangers.map(({ origin }) => fileURLToPath(origin.module)));
  const checked: CheckedFile[] = [];
  // One after the other: each takes a core, and the other checks run meanwhile.
  for (const file of files) checked.push({ file, check: await checkTypes(file, signal) });
  return checked;
}
