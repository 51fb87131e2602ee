import type { Store } from "../store/index.ts";
import type { Again, PlannedTrial } from "./types.ts";

/** Which trials run again, as far as this one goes: a reference that nobody asked for is not run again for the sake of the others. */
const againOf = (again: Again, addedAsReference: boolean): Again =>
  addedAsReference && again === "all" ? "unfinished" : again;

/** Has this trial a record, and is not one that is to be run again? */
export async function isDone(
  { identity, addedAsReference }: Pick<PlannedTrial, "identity" | "addedAsReference">,
  store: Store,
  asked: Again,
): Promise<boolean> {
  const again = againOf(asked, addedAsReference);
  if (again === "all" || !(await store.has(identity))) return false;
  return again === "none" || (await store.read(identity)).status === "completed";
}
