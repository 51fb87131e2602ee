import type { Plan, RunEnvironment } from "../../execute/index.ts";

/** Says where `--tried` has no effect, since a record exists that declares another number; null where it has. */
export async function triedInVain(
  { trials }: Plan,
  tried: number,
  { store }: Pick<RunEnvironment, "store">,
): Promise<string | null> {
  const done = trials.filter(({ state, addedAsReference }) => state === "done" && !addedAsReference);
  if (tried === 1 || done.length === 0) return null;
  const records = await Promise.all(done.map(async ({ identity }) => store.read(identity)));
  const others = records.filter(
    (record) => record.status === "completed" && record.triedSettings !== tried,
  ).length;
  return others === 0
    ? null
    : `--tried ${String(tried)} does not change existing records, and ${String(others)} of the finished trials declare another number. Run them again with --force to declare this one.`;
}
