import { regimeIds } from "../axes/regime.ts";

/** The built-in regimes, and those that are planned: a plugin that took one of these names would clash with a later release. */
const reserved: ReadonlySet<string> = new Set([...regimeIds, "transfer", "sequence"]);

/**
 * Whether an id of a protocol or suite lies in a namespace of its own, as every one from outside the built-in packages must: two or more parts,
 * of which the first is the name of a lab, person or project, such as `my-lab/flags/5w1s`. The names of regimes (`few-shot`,
 * `multi-task`, `transfer`, `sequence`) belong to the built-in protocols.
 */
export function isOwnNamespace(id: string): boolean {
  const [namespace = "", ...rest] = id.split("/");
  return rest.length > 0 && !reserved.has(namespace);
}
