import type { ImageTask, SplitName, TaskExamples, TaskSpec } from "@metabench/core";

/** Training and validation splits of tasks with examples of their own. */
export type TaskTraining = Omit<TaskExamples, "splits"> & {
  readonly splits: Pick<TaskExamples["splits"], Exclude<SplitName, "test">>;
};

/** Tasks of images with a target for each, as a learner sees them. */
export const specsOfImageTasks = (tasks: readonly ImageTask[]): readonly TaskSpec[] =>
  tasks.map(({ id, classes }) => ({ id, target: "class", classes, outputs: classes }));

/** Mean and standard deviation of each of a task's numbers over rows `[n, values]` of all tasks; a deviation of 0 counts as 1. */
function scaleOf(rows: readonly Float32Array[], values: number) {
  const of = (number: number) => rows.flatMap((row) => [...row.filter((_, at) => at % values === number)]);
  const columns = Array.from({ length: values }, (_, number) => of(number));
  const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const deviation = columns.map((column, number) => {
    const squares = column.reduce((sum, value) => sum + (value - (mean[number] ?? 0)) ** 2, 0);
    return Math.sqrt(squares / column.length) || 1;
  });
  return { mean, deviation };
}

/** Tasks with examples of their own, as a learner sees them. Numbers have one scale over all tasks of one length. */
export function specsOfTasks({ tasks, splits }: Pick<TaskTraining, "tasks" | "splits">): readonly TaskSpec[] {
  const numbers = (values: number) =>
    tasks.flatMap((task) => {
      const targets = splits.train.tasks[task.id]?.targets;
      return task.target === "values" && task.values === values && targets instanceof Float32Array
        ? [targets]
        : [];
    });
  const scales = new Map<number, ReturnType<typeof scaleOf>>();
  return tasks.map((task): TaskSpec => {
    if (task.target === "class")
      return { id: task.id, target: "class", classes: task.classes, outputs: task.classes };
    const scale = scales.get(task.values) ?? scaleOf(numbers(task.values), task.values);
    scales.set(task.values, scale);
    return { id: task.id, target: "values", outputs: task.values, ...scale };
  });
}

/** Whether some task lacks a target for some example, so that batches need to say which examples a task has. */
export const haveOwnExamples = ({ tasks, splits }: Pick<TaskTraining, "tasks" | "splits">): boolean => {
  const [first] = tasks;
  const all = (first && splits.train.tasks[first.id]?.examples) ?? new Uint32Array();
  return tasks.some(({ id }) => {
    const own = splits.train.tasks[id]?.examples ?? new Uint32Array();
    return own.length !== all.length || own.some((example, at) => example !== all[at]);
  });
};
