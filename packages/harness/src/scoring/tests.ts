import { dataKinds, type DataKind, type FunctionFamily, type Kind, type Protocol } from "@metabench/core";
import { loadPrepared, type LoadedData } from "../prepare/index.ts";
import type { TestMessage } from "../wire/index.ts";
import { classificationScorer } from "./classification.ts";
import { multiTaskScorer } from "./multi-task.ts";
import { ownExamplesScorer } from "./own-examples.ts";
import { regressionScorer } from "./regression.ts";
import type { Scorer } from "./scorer.ts";
import { classificationTest, multiTaskTest, regressionTest } from "./test.ts";
import { taskExamplesTest } from "./task-examples-test.ts";

/** The test of a trial: what the child is sent, and who scores what comes back. */
export interface OpenTest {
  readonly message: TestMessage;
  /** Position in the split of each input of the message; empty where there are none. */
  readonly order: Uint32Array;
  /** @param validation metrics of the selected parameters on the validation split, known once training is over */
  scorer(validation: () => Readonly<Record<string, number>>): Scorer;
}

/** The training split of tasks with examples of their own. */
type TrainingTasks = Extract<LoadedData<"train">, { kind: "task-examples" }>;

/** The test split, or a family of functions. */
export type TestData = LoadedData<"test"> | FunctionFamily;

type ProtocolOf<K extends DataKind> = Extract<Protocol, { kind: (typeof dataKinds)[K]["protocol"] }>;

/** Opens the test of a protocol on one kind of data. `training` loads the training split, where scoring needs a fact of it. */
type Open<K extends DataKind> = (
  protocol: ProtocolOf<K>,
  data: Extract<TestData, { kind: K }>,
  training: () => Promise<LoadedData<"train">>,
) => OpenTest | Promise<OpenTest>;

const tests: { readonly [K in DataKind]: Open<K> } = {
  "classified-images": (protocol, data) => {
    const { message, order, hash, labels } = classificationTest(protocol, data);
    return { message, order, scorer: () => classificationScorer(protocol, labels, hash) };
  },
  "function-family": (protocol, data) => {
    const { message, hash, targets } = regressionTest(protocol, data);
    return { message, order: new Uint32Array(), scorer: () => regressionScorer(targets, hash) };
  },
  "multi-task-images": (protocol, data) => {
    const { message, order } = multiTaskTest(protocol, data);
    return {
      message,
      order,
      scorer: (validation) => multiTaskScorer(data.tasks, data.splits.test.targets, order, validation),
    };
  },
  "task-examples": async (protocol, data, training) => {
    const values = data.tasks.some(({ target }) => target === "values");
    const train = values ? ((await training()) as TrainingTasks) : null;
    const { message, order, tasks } = taskExamplesTest(protocol, data, train);
    return { message, order, scorer: (validation) => ownExamplesScorer(tasks, validation) };
  },
};

/** Whether a protocol of a kind runs on data of a kind. */
export const fits = (protocol: Kind, data: DataKind): boolean => dataKinds[data].protocol === protocol;

/** Opens the test of a protocol on data that fit it. The kind of the data chooses how, which TypeScript cannot follow through the table. */
export const openTestOn = (protocol: Protocol, data: TestData, prepared: string | null): Promise<OpenTest> =>
  Promise.resolve(
    (
      tests[data.kind] as unknown as (
        protocol: Protocol,
        data: TestData,
        training: () => Promise<LoadedData<"train">>,
      ) => OpenTest | Promise<OpenTest>
    )(protocol, data, () => loadPrepared(prepared ?? "", ["train"])),
  );
