import { randomStream, type Input, type InputForm, type Target, type TaskSplit } from "@metabench/core";
import type { TaskTraining } from "../../learner/index.ts";
import { image, normalisation } from "./images.ts";

const ids = ["first", "second"];
const features = 6;
const classes = 3;
const examplesOf = { train: 40, validation: 10, test: 20 } as const;

const forms: Readonly<Record<Input, InputForm>> = {
  image: { kind: "image", shape: image, normalisation },
  vector: {
    kind: "vector",
    features,
    normalisation: { mean: Array(features).fill(0), deviation: Array(features).fill(1) },
  },
};

/** Numbers of one example; targets follow from its first two. */
const sizeOf: Readonly<Record<Input, number>> = { image: image[0] * image[1] * image[2], vector: features };

/** Makes one split: each task has examples of its own, and a target that is a sum of two numbers, in another ratio for each task. */
export function ownSplit(input: Input, target: Target, name: keyof typeof examplesOf): TaskSplit {
  const random = randomStream(`conformance/own-tasks/${name}`);
  const [each, size] = [examplesOf[name], sizeOf[input]];
  const drawn = Float32Array.from({ length: ids.length * each * size }, () => random.uniform());
  const sums = Float32Array.from({ length: ids.length * each }, (_, at) => {
    const [one = 0, two = 0] = drawn.subarray(at * size, at * size + 2);
    return at < each ? one + two : one + two / 2;
  });
  const tasks = ids.map((id, task) => {
    const examples = Uint32Array.from({ length: each }, (_, at) => task * each + at);
    const own = sums.subarray(task * each, (task + 1) * each);
    const targets =
      target === "values"
        ? Float32Array.from(own)
        : Uint16Array.from(own, (sum) => Math.min(classes - 1, Math.floor(sum * 1.5)));
    return [id, { examples, targets }] as const;
  });
  const inputs = input === "image" ? Uint8Array.from(drawn, (value) => 255 * value) : drawn;
  return { inputs, tasks: Object.fromEntries(tasks) };
}

/** Two tasks with examples of their own. */
export const ownTasks = (input: Input, target: Target): TaskTraining => ({
  kind: "task-examples",
  input: forms[input],
  tasks: ids.map((id) =>
    target === "class" ? { id, target: "class", classes } : { id, target: "values", values: 1 },
  ),
  splits: { train: ownSplit(input, target, "train"), validation: ownSplit(input, target, "validation") },
});
