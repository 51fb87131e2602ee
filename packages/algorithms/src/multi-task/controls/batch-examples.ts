import { MetabenchError, type MultiTaskBatch, type ValuesTask } from "@metabench/core";
import type { RidgeExample } from "./ridge.ts";

/** The examples of each task of a batch, task by task, as numbers; `group` is the place of the task in the list. */
export function batchExamples(
  { inputs, targets, rows }: MultiTaskBatch,
  tasks: readonly ValuesTask[],
): readonly (readonly RidgeExample[])[] {
  const [count = 0] = inputs.shape;
  const features = inputs.size / count;
  const numbers = inputs.dataSync<"float32">();
  return tasks.map(({ id, outputs }, group) => {
    const own = targets[id];
    if (!own)
      throw new MetabenchError(
        "contract-broken",
        `A batch has no targets of task "${id}"; give targets of every task.`,
      );
    const values = own.dataSync<"float32">();
    const places = rows?.[id]?.dataSync<"int32">() ?? Array.from({ length: count }, (_, row) => row);
    return Array.from(places, (row, at) => ({
      input: numbers.subarray(row * features, (row + 1) * features),
      target: values.subarray(at * outputs, (at + 1) * outputs),
      group,
    }));
  });
}
