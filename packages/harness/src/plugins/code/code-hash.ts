import { createHash } from "node:crypto";
import { moduleGraph, reachedFrom, type ModuleGraph } from "./module-graph.ts";

type Namespace = Readonly<Record<string, unknown>>;

/** A package's modules with what each exports. They are loaded already, so importing them again runs nothing. */
interface Package {
  readonly entry: string;
  readonly graph: ModuleGraph;
  readonly exports: ReadonlyMap<string, Namespace>;
}

/** Modules of a package that count. */
interface Part {
  readonly entry: string;
  readonly graph: ModuleGraph;
  readonly found: ReadonlySet<string>;
}

const read = new Map<string, Promise<Package>>();

async function readPackage(entry: string): Promise<Package> {
  const graph = await moduleGraph(entry);
  const exports = await Promise.all(
    [...graph.keys()].map(async (url) => [url, (await import(url)) as Namespace] as const),
  );
  return { entry, graph, exports: new Map(exports) };
}

const packageAt = async (entry: string): Promise<Package> => {
  const known = read.get(entry) ?? readPackage(entry);
  read.set(entry, known);
  return known;
};

/** Of the modules that export something, the one that reaches the fewest: the others only pass it on. The entry where none does. */
function homeOf(
  { entry, graph, exports }: Package,
  has: (namespace: Namespace) => boolean,
): ReadonlySet<string> {
  return [...exports]
    .filter(([, namespace]) => has(namespace))
    .map(([url]) => reachedFrom(graph, url))
    .reduce((least, one) => (one.size < least.size ? one : least), reachedFrom(graph, entry));
}

/** Whether a module exports a value, itself or in a list. */
const exporting = (value: unknown) => (namespace: Namespace) =>
  Object.values(namespace).some(
    (one) => one === value || (Array.isArray(one) && (one as readonly unknown[]).includes(value)),
  );

/** The modules of another package behind the names that some modules take from it. */
async function behind(
  name: string,
  modules: ReadonlySet<string>,
  { graph }: Package,
  entry: string,
): Promise<Part> {
  const found = new Set<string>();
  const from = await packageAt(entry);
  const taken = [...modules].flatMap((url) => graph.get(url)?.packages ?? []);
  for (const { names } of taken.filter((one) => one.package === name))
    for (const one of names ?? [null]) {
      const value = one === null ? undefined : from.exports.get(entry)?.[one];
      const has = (namespace: Namespace) => one !== null && one in namespace && namespace[one] === value;
      for (const url of homeOf(from, has)) found.add(url);
    }
  return { graph: from.graph, entry, found };
}

/** Where a package's modules lie, so that the names that are hashed are the same on every machine. */
const nameOf = (url: string, entry: string) => {
  const folder = new URL(".", entry).href;
  return url.startsWith(folder) ? url.slice(folder.length) : url.split("/").slice(-2).join("/");
};

/**
 * SHA-256 of the code behind one export of a package: the module that makes it, what that imports within its package, and the modules
 * of `shared` packages behind the names that those take.
 *
 * @param entry file URL of the package's module, which has been imported
 * @param shared file URLs of the entries of packages whose code counts, by name
 * @throws the system's error where a file cannot be read
 */
export async function codeHash(
  value: unknown,
  entry: string,
  shared: ReadonlyMap<string, string>,
): Promise<string> {
  const own = await packageAt(entry);
  const modules = homeOf(own, exporting(value));
  const parts: Part[] = [{ graph: own.graph, entry, found: modules }];
  for (const [name, other] of shared) parts.push(await behind(name, modules, own, other));
  const lines = parts.flatMap(({ graph, entry: of, found }, at) =>
    [...found].map((url) => `${String(at)} ${nameOf(url, of)}\0${graph.get(url)?.text ?? ""}\0`),
  );
  const hash = createHash("sha256");
  for (const line of lines.sort()) hash.update(line);
  return hash.digest("hex");
}
