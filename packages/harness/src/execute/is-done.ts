import type { Store } from "../store/index.ts";
import type { Again } from "./types.ts";

/** Has this trial a record, and is not one that is to be run again? */
export async function isDone(identity: string, store: Store, again: Again): Promise<boolean> {
  if (again === "all" || !(await store.has(identity))) return false;
  return again === "none" || (await store.read(identity)).status === "completed";
}
