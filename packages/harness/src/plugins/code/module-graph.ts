import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { init, parse } from "es-module-lexer";

/** What one module takes from a package. */
export interface PackageImport {
  readonly package: string;
  /** The names it takes; null for all of them. */
  readonly names: readonly string[] | null;
}

/** A module of a package. */
export interface Module {
  readonly url: string;
  readonly text: string;
  /** URLs of the modules that it imports by relative paths. */
  readonly files: readonly string[];
  readonly packages: readonly PackageImport[];
}

/** Modules by URL. */
export type ModuleGraph = ReadonlyMap<string, Module>;

/** The names between the braces of a built import or re-export; null where it takes all. */
function namesIn(statement: string): readonly string[] | null {
  const [, braces] = /^(?:import|export)\s*\{([^}]*)\}/.exec(statement) ?? [];
  return (
    braces
      ?.split(",")
      .map((name) => name.trim().split(/\s+as\s+/)[0] ?? "")
      .filter((name) => name !== "") ?? null
  );
}

async function moduleAt(url: string): Promise<Module> {
  // Line ends differ between checkouts of one text.
  const text = (await readFile(fileURLToPath(url), "utf8")).replaceAll("\r\n", "\n");
  const files: string[] = [];
  const packages: PackageImport[] = [];
  for (const { n: specifier, d: dynamic, ss: start, se: end } of parse(text)[0]) {
    if (specifier === undefined || dynamic !== -1) continue;
    if (/^\.{1,2}\//.test(specifier)) files.push(new URL(specifier, url).href);
    else packages.push({ package: specifier, names: namesIn(text.slice(start, end)) });
  }
  return { url, text, files, packages };
}

/**
 * The ES modules that a built module reaches by relative imports, itself included. What `import()` and `require` load is not seen.
 *
 * @throws the system's error where a file cannot be read; Error where it is no ES module
 */
export async function moduleGraph(entry: string): Promise<ModuleGraph> {
  await init;
  const graph = new Map<string, Module>();
  const due = new Set([entry]);
  for (const url of due) {
    const module = await moduleAt(url);
    graph.set(url, module);
    for (const file of module.files) due.add(file);
  }
  return graph;
}

/** The modules of a graph that one of them reaches, itself included. */
export function reachedFrom(graph: ModuleGraph, url: string): ReadonlySet<string> {
  const reached = new Set([url]);
  for (const one of reached) for (const next of graph.get(one)?.files ?? []) reached.add(next);
  return reached;
}
