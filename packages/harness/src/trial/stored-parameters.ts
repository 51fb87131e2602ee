import { join } from "node:path";
import { MetabenchError, type ParameterSet } from "@metabench/core";
import { parametersFile, readCheckpoint, type Checkpoint } from "../work-folder/index.ts";
import { restoreSnapshot } from "../learner/index.ts";

/**
 * Gives a learner the parameters that a trial's training selected.
 *
 * @param folder where the trial's {@link parametersFile} lies
 * @param mend what to do where it cannot be used
 * @throws MetabenchError `store-failed` where they are missing, damaged or of another learner
 */
export async function restoreParameters(
  learner: ParameterSet,
  folder: string,
  mend = "Run the trial again with --force.",
): Promise<void> {
  const file = join(folder, parametersFile);
  let stored: Checkpoint | null;
  try {
    stored = await readCheckpoint(folder, parametersFile);
    if (stored !== null) restoreSnapshot(learner, stored.snapshots["selected"] ?? {});
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MetabenchError("store-failed", `${file} cannot be used (${reason}) ${mend}`, { cause });
  }
  if (stored === null)
    throw new MetabenchError(
      "store-failed",
      `${file} is missing: the trial's parameters were not kept. ${mend}`,
    );
}
