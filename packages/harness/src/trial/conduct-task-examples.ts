import {
  logSoftmax,
  type AlgorithmPlugin,
  type LearnerContext,
  type MultiTaskProtocol,
} from "@metabench/core";
import {
  createLearner,
  haveOwnExamples,
  inputReader,
  predictOutputs,
  shapeOf,
  specsOfTasks,
  taskLearning,
  type TaskTraining,
} from "../learner/index.ts";
import { nothingToSee } from "../wire/index.ts";
import { testOf, type Choices, type Conduct } from "./conduct.ts";
import { timeMultiTask } from "./time-learner.ts";

/** Makes a multi-task learner and sets it to tasks with examples of their own. */
export function conductTaskExamples(
  algorithm: AlgorithmPlugin<"multi-task">,
  context: LearnerContext,
  data: TaskTraining,
  protocol: MultiTaskProtocol,
  { spec, reference }: Choices,
): Conduct {
  const tasks = specsOfTasks(data);
  const targets = Object.values(data.splits.train.tasks);
  const learner = createLearner(
    algorithm,
    {
      ...context,
      tasks,
      inputShape: shapeOf(data.input),
      trainingExamples: haveOwnExamples(data)
        ? targets.reduce((sum, { examples }) => sum + examples.length, 0)
        : (targets[0]?.examples.length ?? 0),
      ownExamples: haveOwnExamples(data),
    },
    spec.algorithm.options,
  );
  return {
    learner,
    learning: taskLearning(learner, data, protocol, spec.seed, reference, spec.training),
    async answer(message, send) {
      const { inputs, questions } = testOf("task-examples", message);
      const reader = inputReader(inputs, data.input);
      try {
        for (const task of tasks) {
          const { positions = new Uint32Array() } = questions.find((one) => one.task === task.id) ?? {};
          const outputs = predictOutputs(learner, reader, task, positions);
          await send({
            type: "answers",
            kind: "task-examples",
            from: 0,
            task: task.id,
            outputs: task.target === "class" ? logSoftmax(outputs, task.outputs) : outputs,
          });
        }
      } finally {
        reader.release();
      }
      return false;
    },
    time(message) {
      const { inputs } = testOf("task-examples", message);
      const reader = inputReader(inputs, data.input);
      try {
        return timeMultiTask(learner, reader, tasks);
      } finally {
        reader.release();
      }
    },
    explain() {
      throw nothingToSee(protocol.kind);
    },
  };
}
