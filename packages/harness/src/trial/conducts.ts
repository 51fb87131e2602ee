import {
  dataKinds,
  type AlgorithmPlugin,
  type AnyAlgorithm,
  type DataKind,
  type FunctionFamily,
  type Kind,
  type LearnerContext,
  type Protocol,
} from "@metabench/core";
import type { LoadedData } from "../prepare/index.ts";
import { conductFewShot } from "./conduct-few-shot.ts";
import { conductMultiTask } from "./conduct-multi-task.ts";
import { conductRegression } from "./conduct-regression.ts";
import { conductTaskExamples } from "./conduct-task-examples.ts";
import type { Choices, Conduct } from "./conduct.ts";

/** What a learner may see of prepared data. */
export type LearnersData = LoadedData<"train" | "validation"> | FunctionFamily;

type ProtocolOf<K extends DataKind> = (typeof dataKinds)[K]["protocol"];

/** Makes a learner and sets it to a protocol on one kind of data. */
type MakeConduct<K extends DataKind> = (
  algorithm: AlgorithmPlugin<ProtocolOf<K>>,
  context: LearnerContext,
  data: Extract<LearnersData, { kind: K }>,
  protocol: Extract<Protocol, { kind: ProtocolOf<K> }>,
  choices: Choices,
) => Conduct;

const conducts: { readonly [K in DataKind]: MakeConduct<K> } = {
  "classified-images": conductFewShot,
  "function-family": conductRegression,
  "multi-task-images": conductMultiTask,
  "task-examples": conductTaskExamples,
};

type AnyConduct = (
  algorithm: AnyAlgorithm,
  context: LearnerContext,
  data: LearnersData,
  protocol: Protocol,
  choices: Choices,
) => Conduct;

/**
 * The way to set a learner to a protocol on data; null where protocol, data and algorithm are for different kinds of problem.
 *
 * The kind of the data chooses it; that all three go together is checked here, which TypeScript cannot follow through the table.
 */
export function conductFor(
  data: LearnersData,
  protocol: Kind,
  setting: AnyAlgorithm["setting"],
): AnyConduct | null {
  const fits = dataKinds[data.kind].protocol === protocol && setting === protocol;
  return fits ? (conducts[data.kind] as unknown as AnyConduct) : null;
}
