import type { AlgorithmPlugin, Backbone, Input, Target } from "@metabench/core";
import {
  assertOutputs,
  createLearner,
  inScope,
  inputReader,
  shapeOf,
  specsOfTasks,
  taskLearning,
} from "../../learner/index.ts";
import { tinyContext } from "../context.ts";
import { ownSplit, ownTasks } from "../data/own-tasks.ts";
import { held } from "../held.ts";
import type { Making, Specimen } from "../specimen.ts";
import { count } from "./count.ts";
import { multiTaskProtocol } from "./multi-task-protocol.ts";

const queries = 10;

/** Makes multi-task learners of a plugin that does not learn classes of images: two tasks with examples of their own. */
export function ownTaskLearners(
  plugin: AlgorithmPlugin<"multi-task">,
  backbone: Backbone,
  options: unknown,
  [input, target]: readonly [Input, Target],
): (making?: Making) => Specimen {
  const data = ownTasks(input, target);
  const tasks = specsOfTasks(data);
  const reader = inputReader(ownSplit(input, target, "test").inputs, data.input);
  const trainingExamples = Object.values(data.splits.train.tasks).reduce(
    (sum, { examples }) => sum + examples.length,
    0,
  );
  return ({ seed = 0 } = {}) => {
    const { context, streams, abort } = tinyContext(backbone, seed);
    const learner = createLearner(
      plugin,
      { ...context, tasks, inputShape: shapeOf(data.input), trainingExamples, ownExamples: true },
      options,
    );
    streams.seal();
    const learning = taskLearning(learner, data, multiTaskProtocol, 0, null);
    return {
      learner,
      learning,
      tasks: tasks.map(({ id }) => id),
      streams,
      queries,
      adaptation: null,
      abort,
      release() {
        learning.release();
        reader.release();
      },
      ask: (asking = {}) =>
        tasks.map(({ id, outputs, target: kind }) =>
          inScope(() => {
            const first = (asking.task ?? 0) * queries;
            const asked = (asking.queries ?? count(queries)).map((at) => first + at);
            const heldBefore = held();
            const predicted = learner.predict(id, reader.at(asked));
            assertOutputs(predicted, asked.length, outputs);
            return {
              kind: kind === "class" ? "logits" : "features",
              of: `task ${id}`,
              rows: asked.length,
              columns: outputs,
              values: Float32Array.from(predicted.dataSync()),
              heldBefore,
            };
          }),
        ),
      encode: () => null,
      leave: () => undefined,
    };
  };
}
