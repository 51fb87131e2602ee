import {
  splitNames,
  type InputForm,
  type MetabenchError,
  type SplitName,
  type TaskExamples,
  type TaskForm,
  type TaskTargets,
} from "@metabench/core";
import { checkNormalisation, countImages } from "./images.ts";
import { bufferAt, perSplit, type Layout } from "./layout.ts";

type Broken = (what: string) => MetabenchError;

/** Fewest examples of a task in each split: a test of one example has no spread. */
const fewest: Readonly<Record<SplitName, number>> = { train: 1, validation: 0, test: 2 };

function countInputs(
  split: SplitName,
  inputs: Uint8Array | Float32Array,
  form: InputForm,
  broken: Broken,
): number {
  if (form.kind === "image") {
    if (!(inputs instanceof Uint8Array)) throw broken(`${split} inputs must be a Uint8Array of pixels`);
    return countImages(split, inputs, form.shape, broken);
  }
  if (!(inputs instanceof Float32Array)) throw broken(`${split} inputs must be a Float32Array of features`);
  const examples = inputs.length / form.features;
  if (!Number.isInteger(examples) || examples === 0)
    throw broken(
      `${split} has ${String(inputs.length)} numbers, which is no whole number of vectors of ${String(form.features)} features`,
    );
  const wrong = inputs.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1)
    throw broken(
      `${split} example ${String(Math.floor(wrong / form.features))} has a feature that is not finite`,
    );
  return examples;
}

function checkTargets(
  split: SplitName,
  task: TaskForm,
  { targets, examples }: TaskTargets,
  broken: Broken,
): void {
  const what = `${split}: targets of task ${task.id}`;
  const each = task.target === "class" ? 1 : task.values;
  if (targets.length !== examples.length * each)
    throw broken(
      `${what} are ${String(targets.length)} for ${String(examples.length)} examples of ${String(each)}`,
    );
  if (task.target === "class") {
    if (!(targets instanceof Uint16Array)) throw broken(`${what} must be a Uint16Array of classes`);
    const wrong = targets.findIndex((label) => label >= task.classes);
    if (wrong !== -1)
      throw broken(
        `${what} have class ${String(targets[wrong])}, but classes are below ${String(task.classes)}`,
      );
    return;
  }
  if (!(targets instanceof Float32Array)) throw broken(`${what} must be a Float32Array of numbers`);
  if (!targets.every(Number.isFinite)) throw broken(`${what} have a number that is not finite`);
}

/** Inputs, then for each task in order the positions `uint32` of its examples and their targets `uint16` or `float32`. */
export const taskExamples: Layout<TaskExamples> = {
  files({ input, tasks, splits }, split) {
    const { inputs, tasks: own } = splits[split];
    return [
      { file: `${split}.inputs.${input.kind === "image" ? "u8" : "f32"}`, ...inputs },
      ...own.flatMap(({ examples, targets }, task) => [
        { file: `${split}.examples-${String(task)}.u32`, ...examples },
        {
          file: `${split}.targets-${String(task)}.${tasks[task]?.target === "class" ? "u16" : "f32"}`,
          ...targets,
        },
      ]),
    ];
  },
  arrays: ({ tasks, splits }, split) => [
    splits[split].inputs,
    ...tasks.flatMap(({ id }) => {
      const own = splits[split].tasks[id];
      return own ? [own.examples, own.targets] : [];
    }),
  ],
  load: ({ kind, input, tasks }, arrays) => ({
    kind,
    input,
    tasks,
    splits: perSplit(arrays, ([inputs = new ArrayBuffer(), ...own]) => ({
      inputs: input.kind === "image" ? new Uint8Array(inputs) : new Float32Array(inputs),
      tasks: Object.fromEntries(
        tasks.map(({ id, target }, i) => {
          const targets = bufferAt(own, 2 * i + 1);
          return [
            id,
            {
              examples: new Uint32Array(bufferAt(own, 2 * i)),
              targets: target === "class" ? new Uint16Array(targets) : new Float32Array(targets),
            },
          ];
        }),
      ),
    })),
  }),
  check({ input, tasks, splits }, broken) {
    checkNormalisation(input.normalisation, input.kind === "image" ? input.shape[2] : input.features, broken);
    if (new Set(tasks.map(({ id }) => id)).size !== tasks.length) throw broken("two tasks have one id");
    if (new Set(tasks.map(({ target }) => target)).size > 1)
      throw broken("its tasks have different kinds of target; make a data set of each kind");
    for (const name of splitNames) {
      const count = countInputs(name, splits[name].inputs, input, broken);
      for (const task of tasks) {
        const own = splits[name].tasks[task.id];
        if (!own) throw broken(`${name} has no targets of task ${task.id}`);
        if (own.examples.length < fewest[name])
          throw broken(
            `${name} has ${String(own.examples.length)} examples of task ${task.id}; at least ${String(fewest[name])} are needed`,
          );
        const outside = own.examples.find((example) => example >= count);
        if (outside !== undefined)
          throw broken(`${name}: task ${task.id} names example ${String(outside)} of ${String(count)}`);
        checkTargets(name, task, own, broken);
      }
    }
  },
};
