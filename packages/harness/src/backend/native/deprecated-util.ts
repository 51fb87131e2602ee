import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Gives `node:util` the two old type tests that tfjs-node 4.22 still calls, in plain form.
 *
 * Node's own print a deprecation warning (DEP0044, DEP0051) and are gone from Node 23 on. Other warnings stay as they are.
 */
export function mendDeprecatedUtil(): void {
  const util = require("node:util") as Record<string, unknown>;
  util["isArray"] = Array.isArray;
  util["isNullOrUndefined"] = (value: unknown): boolean => value === null || value === undefined;
}
