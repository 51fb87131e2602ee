import { axesOf, inputs, readResult, type CompletedRecord, type Explanation } from "@metabench/core";
import { runChild } from "../processes/index.ts";
import { unfinished } from "../execute/index.ts";
import { loadPrepared } from "../prepare/index.ts";
import { startStored, type StoredTrialOptions } from "../stored-trial/index.ts";
import { nothingToSee, type ExplainedMessage } from "../wire/index.ts";
import { explanationOf } from "./explanation-of.ts";
import { fixedExamples } from "./fixed-examples.ts";

/** What explaining needs. */
export type ExplainOptions = StoredTrialOptions & {
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
  const { spec, display } = record;
  const { input } = axesOf(spec.protocol.kind, display.dataset);
  if (!inputs[input].pixels) throw nothingToSee(spec.protocol.kind);
  const { start, folder: prepared } = await startStored(record, "explain", options);
  if (prepared === null) throw nothingToSee(spec.protocol.kind);
  const { transductive } = readResult(record);
  const fixed = fixedExamples(spec.protocol, await loadPrepared(prepared, ["test"]), transductive);
  let explained: ExplainedMessage | undefined;
  await runChild(options, start, async (message, child) => {
    if (message.type === "started") await child.send(fixed.message);
    if (message.type === "explained") explained = message;
  });
  if (!explained) throw unfinished();
  return explanationOf(record, fixed, explained, options.withPictures);
}
