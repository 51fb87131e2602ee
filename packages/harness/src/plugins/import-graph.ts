import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const imports = new Map<string, Set<string>>();

/** Notes that a module imports another of its own files: by a relative path, so not another package's. */
export function recordImport(importer: string | undefined, specifier: string, imported: string): void {
  if (importer === undefined || !/^\.{0,2}\//.test(specifier) || !imported.startsWith("file:")) return;
  const known = imports.get(importer) ?? new Set();
  imports.set(importer, known.add(withoutQuery(imported)));
}

/**
 * SHA-256 of a module's text and the text of all it imports by relative paths, in an order that no machine changes.
 *
 * The module must have been imported after `installResolution`: what it imports is known from that, not from parsing.
 */
export async function hashOfSource(module: string): Promise<string> {
  const files = reachableFrom(module).map((url) => ({ url, name: relativeTo(module, url) }));
  files.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  const hash = createHash("sha256");
  for (const { url, name } of files) {
    // Line ends differ between checkouts of one text.
    const text = (await readFile(fileURLToPath(url), "utf8")).replaceAll("\r\n", "\n");
    hash.update(`${name}\0${text}\0`);
  }
  return hash.digest("hex");
}

function reachableFrom(module: string): readonly string[] {
  const found = new Set([module]);
  for (const url of found) for (const next of imports.get(url) ?? []) found.add(next);
  return [...found];
}

/** The entry has an empty name, so that renaming it changes nothing; the others are named as seen from it. */
function relativeTo(entry: string, url: string): string {
  if (url === entry) return "";
  const from = entry.split("/").slice(0, -1);
  const to = url.split("/");
  const common = to.findIndex((part, index) => part !== from[index]);
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/");
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, "");
}
