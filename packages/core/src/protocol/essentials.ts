import type { Protocol } from "./protocol.ts";

/** Words, and how many seeds are asked for: neither moves the number of one trial. */
const unessential: readonly string[] = ["title", "summary", "seeds"] satisfies readonly (keyof Protocol)[];

/** What of a protocol can move a trial's result: all but its wording and the number of seeds asked for. */
export function essentialsOf(protocol: Protocol): Partial<Protocol> {
  return Object.fromEntries(Object.entries(protocol).filter(([field]) => !unessential.includes(field)));
}
