import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCheckpoint, writeCheckpoint } from "../../work-folder/index.ts";
import { restoreSnapshot, takeSnapshot, type StreamStates } from "../../learner/index.ts";
import type { Json } from "@metabench/core";
import type { Check } from "../check.ts";
import { changedAnswer, changedVariable } from "../difference.ts";
import type { Specimen } from "../specimen.ts";
import { update } from "../update.ts";

const file = "checkpoint.bin";
const remedy =
  "keep everything that changes in variables of parameters or state and in streams forked in create(), not in numbers, arrays or other closures";

/** Saves a learner as a trial does, and puts it into another. */
async function carryOver(from: Specimen, to: Specimen): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "metabench-conformance-"));
  try {
    const description = { batches: from.learning.state(), streams: { ...from.streams.states() } };
    await writeCheckpoint(folder, file, { description, snapshots: { current: takeSnapshot(from.learner) } });
    const stored = await readCheckpoint(folder, file);
    const { batches, streams } = stored?.description as unknown as { batches: Json; streams: StreamStates };
    to.learning.restore(batches);
    to.streams.restore(streams);
    restoreSnapshot(to.learner, stored?.snapshots["current"] ?? {});
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A learner restored from a checkpoint predicts and continues training as if nothing had happened. */
export const checkpoint: Check = {
  name: "checkpoint",
  sentence: "A learner restored from a checkpoint predicts and continues training with the same bits.",
  applies: "all",
  async look({ make }) {
    const [through, resumed] = [make(), make()];
    update(through, 2);
    await carryOver(through, resumed);
    const restored = changedAnswer(through.ask(), resumed.ask());
    if (restored !== null)
      return `A learner restored from its checkpoint predicts differently (${restored}) from the one that was saved; ${remedy}.`;
    const [losses, same] = [update(through, 2), update(resumed, 2)];
    const variable = changedVariable(takeSnapshot(through.learner), takeSnapshot(resumed.learner));
    if (JSON.stringify(losses) !== JSON.stringify(same) || variable !== null)
      return `Training that continued from a checkpoint reached other numbers (${variable === null ? "losses" : `variable "${variable}"`}); ${remedy}.`;
    return null;
  },
};
