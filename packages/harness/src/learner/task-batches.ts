import { epochBatches, randomStream, type MultiTaskBatch, type TaskTargets } from "@metabench/core";
import { tensor1d, tensor2d, type Tensor } from "@tensorflow/tfjs-core";
import type { InputReader } from "./input-reader.ts";
import type { Learning } from "./learning.ts";
import { haveOwnExamples, type TaskTraining } from "./task-specs.ts";

/** Batches of tasks with examples of their own. */
export interface TaskBatches extends Pick<Learning, "state" | "restore"> {
  /** Examples processed by one update. */
  readonly size: number;
  draw(): MultiTaskBatch;
}

/** Targets of one task at some of its places: int32 `[n]` of classes, float32 `[n, values]` of numbers. */
function targetTensor({ targets }: TaskTargets, places: Uint32Array, each: number): Tensor {
  if (targets instanceof Uint16Array)
    return tensor1d(
      Int32Array.from(places, (at) => targets[at] ?? 0),
      "int32",
    );
  const values = new Float32Array(places.length * each);
  for (const [row, at] of places.entries())
    values.set(targets.subarray(at * each, (at + 1) * each), row * each);
  return tensor2d(values, [places.length, each]);
}

/**
 * Mini-batches over the training examples of all tasks, epoch by epoch.
 *
 * Where all tasks have the same examples, a batch is `batchSize` of them. Otherwise each task gives its share of the batch in proportion
 * to its examples, and at least one, from shuffled epochs of its own; a batch as large as the training split holds each example once.
 */
export function taskBatches(
  data: TaskTraining,
  reader: InputReader,
  batchSize: number,
  path: string,
): TaskBatches {
  const { tasks, splits } = data;
  const own = tasks.map((task) => ({
    id: task.id,
    each: task.target === "class" ? 1 : task.values,
    targets: splits.train.tasks[task.id] ?? { examples: new Uint32Array(), targets: new Uint16Array() },
  }));
  const [first] = own;
  if (!haveOwnExamples(data)) {
    const examples = first?.targets.examples ?? new Uint32Array();
    const supply = epochBatches(examples.length, batchSize, randomStream(path));
    return {
      size: batchSize,
      draw() {
        const places = supply.draw();
        return {
          inputs: reader.at(places.map((at) => examples[at] ?? 0)),
          targets: Object.fromEntries(
            own.map(({ id, targets, each }) => [id, targetTensor(targets, places, each)]),
          ),
        };
      },
      state: () => ({ ...supply.state() }),
      restore: (state) => {
        supply.restore(state as unknown as ReturnType<typeof supply.state>);
      },
    };
  }
  const total = own.reduce((sum, { targets }) => sum + targets.examples.length, 0);
  const supplies = own.map((task) => {
    const count = task.targets.examples.length;
    const share = Math.max(1, Math.round((batchSize * count) / total));
    return { ...task, share, supply: epochBatches(count, share, randomStream(`${path}/${task.id}`)) };
  });
  return {
    size: supplies.reduce((sum, { share }) => sum + share, 0),
    draw() {
      const positions: number[] = [];
      const targets: Record<string, Tensor> = {};
      const rows: Record<string, ReturnType<typeof tensor1d>> = {};
      for (const { id, each, targets: all, supply } of supplies) {
        const places = supply.draw();
        targets[id] = targetTensor(all, places, each);
        rows[id] = tensor1d(
          Int32Array.from(places, (_, at) => positions.length + at),
          "int32",
        );
        positions.push(...Array.from(places, (at) => all.examples[at] ?? 0));
      }
      return { inputs: reader.at(positions), targets, rows };
    },
    state: () => supplies.map(({ supply }) => ({ ...supply.state() })),
    restore: (state) => {
      const states = state as unknown as ReturnType<(typeof supplies)[number]["supply"]["state"]>[];
      for (const [at, { supply }] of supplies.entries()) {
        const kept = states[at];
        if (kept) supply.restore(kept);
      }
    },
  };
}
