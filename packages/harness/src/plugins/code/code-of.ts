import { originalOf } from "../blamed-plugin.ts";
import type { Loaded } from "../registry.ts";
import { codeHash } from "./code-hash.ts";

/** Packages whose code a plugin runs as its own. */
const shared = new Map([["@metabench/core", import.meta.resolve("@metabench/core")]]);

/**
 * SHA-256 of the code of a plugin from a package: its version speaks for it, but nothing forces an author to raise it.
 *
 * @returns null for a bare file, whose text is part of the identity, and where the code cannot be read
 */
export async function codeOf({ plugin, origin }: Loaded<object>): Promise<string | null> {
  if (origin.source !== null) return null;
  return codeHash(originalOf(plugin), origin.module, shared).catch(() => null);
}
