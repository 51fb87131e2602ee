import { unpackCorrectness } from "../correctness.ts";
import type { TrialResult } from "../result.ts";
import { malformed, type Items, type ResultReader } from "./reader.ts";

type SharedExamples = Extract<TrialResult, { kind: "multi-task" }>;

/** What tells which examples were right. */
export interface PackedTasks {
  readonly examples: number;
  readonly tasks: readonly { readonly id: string; readonly correct: string }[];
}

/** Correctness of each test example by task. */
export const correctnessByTask = ({ tasks, examples }: PackedTasks): ReadonlyMap<string, Items> =>
  new Map(tasks.map((task) => [task.id, unpackCorrectness(task.correct, examples)]));

/** Mean over tasks of each test example's correctness. */
export function meanCorrectness(result: PackedTasks): Items {
  const tasks = [...correctnessByTask(result).values()];
  if (tasks.length === 0 || result.examples === 0) throw malformed("it has no tasks or no examples");
  return Array.from(
    { length: result.examples },
    (_, example) => tasks.reduce((sum, task) => sum + (task[example] ?? 0), 0) / tasks.length,
  );
}

/** Reads tasks that share their examples: the mean over examples of {@link meanCorrectness} is the mean over tasks of accuracy. */
export const sharedExamplesReader: ResultReader<SharedExamples> = {
  testSet: ({ examples }) => `${String(examples)} examples`,
  episodesHash: () => null,
  transductive: () => false,
  headline: meanCorrectness,
  adaptation: () => null,
  tasks: correctnessByTask,
  classification: ({ tasks }) =>
    new Map(tasks.map(({ id, precision, recall, f1 }) => [id, { precision, recall, f1 }])),
  validation: ({ validation }) => validation,
};
