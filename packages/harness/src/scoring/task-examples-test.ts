import {
  randomStream,
  streamPath,
  type MultiTaskProtocol,
  type TaskExamples,
  type TaskTargets,
} from "@metabench/core";
import type { TestMessage } from "../wire/index.ts";
import type { OpenTask } from "./own-examples.ts";

type TrainingTasks = Pick<TaskExamples, "tasks"> & {
  readonly splits: Pick<TaskExamples["splits"], "train">;
};

const none: TaskTargets = { examples: new Uint32Array(), targets: new Uint16Array() };

/** Inputs at some positions of a split. */
function gather<A extends Uint8Array | Float32Array>(inputs: A, size: number, order: Uint32Array): A {
  const gathered = inputs.slice(0, order.length * size);
  for (const [to, from] of order.entries())
    gathered.set(inputs.subarray(from * size, (from + 1) * size), to * size);
  return gathered as A;
}

/** Mean of each number over the training targets of all tasks that have as many numbers. */
function trainingMean(train: TrainingTasks, values: number): readonly number[] {
  const sums = new Array<number>(values).fill(0);
  let rows = 0;
  for (const task of train.tasks) {
    if (task.target !== "values" || task.values !== values) continue;
    const { targets } = train.splits.train.tasks[task.id] ?? none;
    for (let at = 0; at < targets.length; at += 1) {
      const number = at % values;
      sums[number] = (sums[number] ?? 0) + (targets[at] ?? 0);
    }
    rows += targets.length / values;
  }
  return sums.map((sum) => sum / rows);
}

/**
 * The whole test split of tasks with examples of their own: inputs in shuffled order, and the positions that each task is asked about.
 *
 * @param train the training split, whose mean is what explained variance is relative to; null where no target is a number
 */
export function taskExamplesTest(
  protocol: MultiTaskProtocol,
  {
    input,
    tasks,
    splits,
  }: Pick<TaskExamples, "input" | "tasks"> & { readonly splits: Pick<TaskExamples["splits"], "test"> },
  train: TrainingTasks | null,
): { readonly message: TestMessage; readonly order: Uint32Array; readonly tasks: readonly OpenTask[] } {
  const { inputs, tasks: targets } = splits.test;
  const size = input.kind === "image" ? input.shape[0] * input.shape[1] * input.shape[2] : input.features;
  const used = Uint32Array.from(
    new Set(tasks.flatMap(({ id }) => [...(targets[id] ?? none).examples])),
  ).sort();
  const order = randomStream(streamPath(protocol, "test", "order")).shuffle(used);
  const place = new Map([...order].map((position, at) => [position, at]));
  const open = tasks.map((form): OpenTask & { positions: Uint32Array } => {
    const truth = targets[form.id] ?? none;
    const placed = Array.from(truth.examples, (position, at) => [place.get(position) ?? 0, at] as const);
    placed.sort(([a], [b]) => a - b);
    return {
      form,
      truth,
      order: Uint32Array.from(placed, ([, at]) => at),
      positions: Uint32Array.from(placed, ([position]) => position),
      trainingMean: train && form.target === "values" ? trainingMean(train, form.values) : [],
    };
  });
  return {
    message: {
      type: "test",
      kind: "task-examples",
      inputs: gather(inputs, size, order),
      questions: open.map(({ form, positions }) => ({ task: form.id, positions })),
    },
    order,
    tasks: open,
  };
}
