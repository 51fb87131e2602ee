import type { CompletedRecord, Retested, RobustnessVariant } from "@metabench/core";
import type { BackendInfo } from "../backend/index.ts";
import { runChild, TrialFailure, type TrialProcess } from "../processes/index.ts";
import { unfinished } from "../execute/index.ts";
import { changedTest, openTest, type OpenTest, type Scorer } from "../scoring/index.ts";
import { startStored, type StoredTrialOptions } from "../stored-trial/index.ts";
import type { StartMessage } from "../wire/index.ts";
import { checkAnswers, withShortTest } from "./plain-test.ts";
import { retestedOf } from "./retested-of.ts";

/** Told what comes of a trial's variants. */
interface Listeners {
  /** Told of each variant as soon as it is tested. */
  onRetested(retested: Retested, backend: BackendInfo): Promise<void>;
  /** Told of each variant when its turn comes. */
  onVariant(variant: RobustnessVariant): void;
}

/** A trial whose parameters are put to tests. */
interface Candidate {
  readonly record: CompletedRecord;
  readonly start: StartMessage;
  readonly test: OpenTest;
  /** The plain test, shortened. */
  readonly plain: OpenTest;
}

/** Error codes recorded as the variant's outcome; any other error aborts the retest. */
const byTheLearner: ReadonlySet<string> = new Set(["not-finite", "contract-broken"]);

/** Puts a process to variants until it has answered all, or broke under one. Returns those that are left. */
async function inOneProcess(
  variants: readonly RobustnessVariant[],
  { record, start, test, plain }: Candidate,
  options: StoredTrialOptions,
  { onRetested, onVariant }: Listeners,
): Promise<readonly RobustnessVariant[]> {
  let backend: BackendInfo | null = null;
  let scorer: Scorer | null = null;
  /** Null while the plain test is answered, and when there are no more. */
  let variant: RobustnessVariant | null = null;
  let asked = 0;
  const askNext = async (child: TrialProcess) => {
    variant = variants[asked] ?? null;
    asked += 1;
    if (variant === null) return child.send({ type: "end" });
    onVariant(variant);
    scorer = test.scorer(() => ({}));
    return child.send(changedTest(test, record.spec.protocol, variant));
  };
  try {
    await runChild(options, start, async (message, child) => {
      if (message.type === "started") backend = message.backend;
      // Parameters are loaded; first check that they reproduce the record.
      else if (message.type === "progress") {
        scorer = plain.scorer(() => ({}));
        await child.send(plain.message);
      } else if (message.type === "answers") scorer?.add(message);
      else if (message.type === "tested" && scorer && backend) {
        const scored = scorer.finish(message);
        if (variant === null) checkAnswers(record, scored);
        else await onRetested(retestedOf(variant.id, scored), backend);
        await askNext(child);
      }
    });
  } catch (error) {
    const [under, computed] = [variant as RobustnessVariant | null, backend as BackendInfo | null];
    if (!(error instanceof TrialFailure && byTheLearner.has(error.code) && under && computed)) throw error;
    const { code, message } = error;
    await onRetested({ kind: "failed", variant: under.id, error: { code, message } }, computed);
    return variants.slice(asked);
  }
  if (asked <= variants.length) throw unfinished();
  return [];
}

/**
 * Tests a trial's stored parameters again under variants of its test, in a child process that sees no right answers.
 *
 * A learner that breaks under one variant, by numbers that are not finite or a broken contract, is put to the next all the same.
 *
 * @throws TrialFailure when the child fails in another way, also where the parameters are damaged (`store-failed`) or not the record's
 *   (`invalid-record`); MetabenchError `store-failed` where none are kept, `invalid-record` where plugins or data are no longer those of
 *   the record, `cancelled` when the signal aborts
 */
export async function retestTrial(
  record: CompletedRecord,
  variants: readonly RobustnessVariant[],
  options: StoredTrialOptions,
  listeners: Listeners,
): Promise<void> {
  const { spec } = record;
  const { start, plugins, folder } = await startStored(record, "retest", options);
  const candidate: Candidate = {
    record,
    start,
    test: await openTest(spec, folder, plugins.dataset.plugin),
    plain: await openTest(withShortTest(spec), folder, plugins.dataset.plugin),
  };
  let left = variants;
  while (left.length > 0) left = await inOneProcess(left, candidate, options, listeners);
}
