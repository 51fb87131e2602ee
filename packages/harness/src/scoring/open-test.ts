import { MetabenchError, type DatasetPlugin, type FunctionFamily, type TrialSpec } from "@metabench/core";
import { loadPrepared } from "../prepare/index.ts";
import type { TestMessage } from "../wire/index.ts";
import { classificationScorer } from "./classification.ts";
import { multiTaskScorer } from "./multi-task.ts";
import { regressionScorer } from "./regression.ts";
import type { Scorer } from "./scorer.ts";
import { classificationTest, multiTaskTest, regressionTest } from "./test.ts";

/** The test of a trial: what the child is sent, and who scores what comes back. */
export interface OpenTest {
  readonly message: TestMessage;
  /** Position in the split of each image of the message; empty where there are none. */
  readonly order: Uint32Array;
  /** @param validation metrics of the selected parameters on the validation split, known once training is over */
  scorer(validation: () => Readonly<Record<string, number>>): Scorer;
}

/**
 * Loads the test split, in the parent process only. `prepared` is null for a family of functions.
 *
 * @throws MetabenchError `invalid-protocol` where the data are of another kind, or cannot fill the protocol's episodes
 */
export async function openTest(
  spec: Pick<TrialSpec, "protocol"> & { readonly dataset: Pick<TrialSpec["dataset"], "options"> },
  prepared: string | null,
  dataset: DatasetPlugin,
): Promise<OpenTest> {
  const { protocol } = spec;
  const data =
    prepared === null
      ? ((await dataset.prepare({}, spec.dataset.options)) as FunctionFamily)
      : await loadPrepared(prepared, ["test"]);
  if (protocol.kind === "few-shot-classification" && data.kind === "classified-images") {
    const { message, order, hash, labels } = classificationTest(protocol, data);
    return { message, order, scorer: () => classificationScorer(protocol, labels, hash) };
  }
  if (protocol.kind === "few-shot-regression" && data.kind === "function-family") {
    const { message, hash, targets } = regressionTest(protocol, data);
    return { message, order: new Uint32Array(), scorer: () => regressionScorer(targets, hash) };
  }
  if (protocol.kind === "multi-task" && data.kind === "multi-task-images") {
    const { message, order } = multiTaskTest(protocol, data);
    return {
      message,
      order,
      scorer: (validation) => multiTaskScorer(data.tasks, data.splits.test.targets, order, validation),
    };
  }
  throw new MetabenchError(
    "invalid-protocol",
    `Protocol ${protocol.id} is for ${protocol.kind}, but data set ${dataset.id} holds ${data.kind}; choose another data set.`,
  );
}
