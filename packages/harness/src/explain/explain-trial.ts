import { access } from "node:fs/promises";
import { join } from "node:path";
import { MetabenchError, type CompletedRecord, type Explanation } from "@metabench/core";
import { runChild } from "../execute/child-process.ts";
import { startMessage, unfinished } from "../execute/learn.ts";
import type { RunOptions } from "../execute/types.ts";
import { loadPrepared } from "../prepare/load.ts";
import type { ExplainedMessage } from "../trial/explain/messages.ts";
import { nothingToSee } from "../trial/explain/no-images.ts";
import { parametersFile } from "../trial/train.ts";
import { checkAsRecorded } from "./as-recorded.ts";
import { explanationOf } from "./explanation-of.ts";
import { fixedExamples } from "./fixed-examples.ts";

/** What explaining needs of a run's options: nothing is trained, and nothing runs side by side. */
export type ExplainOptions = Omit<RunOptions, "jobs" | "triedSettings" | "again" | "onEvent"> & {
  /** Whether the test images themselves are kept beside the maps. */
  readonly withPictures: boolean;
};

/**
 * Has a child process find out what a trial's stored parameters look at in fixed test images.
 *
 * @throws TrialFailure when the child fails; MetabenchError `store-failed` where no parameters are kept, `invalid-protocol` where there
 *   are no images, `invalid-record` where plugins or data are no longer those of the record
 */
export async function explainTrial(record: CompletedRecord, options: ExplainOptions): Promise<Explanation> {
  const { identity, spec, result } = record;
  if (result.kind === "few-shot-regression") throw nothingToSee(result.kind);
  const folder = options.store.parametersFolder(identity);
  await access(join(folder, parametersFile)).catch((cause: unknown) => {
    throw new MetabenchError(
      "store-failed",
      `The store keeps no parameters of this trial (${join(folder, parametersFile)}): it ran elsewhere, or before parameters were kept. Run it again: ${record.provenance.command} --force`,
      { cause },
    );
  });
  const {
    start,
    plugins,
    folder: prepared,
    contentHash,
  } = await startMessage(spec, folder, "explain", null, options);
  checkAsRecorded(spec, plugins, contentHash);
  if (prepared === null) throw nothingToSee(spec.protocol.kind);
  const transductive = result.kind === "few-shot-classification" && result.transductive;
  const fixed = fixedExamples(spec.protocol, await loadPrepared(prepared, ["test"]), transductive);
  let explained: ExplainedMessage | undefined;
  await runChild(options, start, async (message, child) => {
    if (message.type === "started") await child.send(fixed.message);
    if (message.type === "explained") explained = message;
  });
  if (!explained) throw unfinished();
  return explanationOf(record, fixed, explained, options.withPictures);
}
