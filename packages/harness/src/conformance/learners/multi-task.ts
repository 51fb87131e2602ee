import type { AlgorithmPlugin, Backbone } from "@metabench/core";
import {
  createLearner,
  imageReader,
  inScope,
  labelsOf,
  multiTaskLearning,
  specsOfImageTasks,
} from "../../learner/index.ts";
import { tinyContext } from "../context.ts";
import { testPatterns } from "../data/classes.ts";
import { gridTasks } from "../data/two-tasks.ts";
import { held } from "../held.ts";
import type { Making, Specimen } from "../specimen.ts";
import { count } from "./count.ts";
import { multiTaskProtocol } from "./multi-task-protocol.ts";

const queries = 20;

/** Makes multi-task learners of a plugin: 16×16 patterns, two tasks, a LeNet. */
export function multiTaskLearners(
  plugin: AlgorithmPlugin<"multi-task">,
  backbone: Backbone,
  options: unknown,
): (making?: Making) => Specimen {
  const data = gridTasks();
  const { image, normalisation, tasks, splits } = data;
  const trainingExamples = Object.values(splits.train.targets)[0]?.length ?? 0;
  const reader = imageReader(testPatterns(), image, normalisation);
  return ({ seed = 0 } = {}) => {
    const { context, streams, abort } = tinyContext(backbone, seed);
    const learner = createLearner(
      plugin,
      {
        ...context,
        tasks: specsOfImageTasks(tasks),
        inputShape: image,
        trainingExamples,
        ownExamples: false,
      },
      options,
    );
    streams.seal();
    const learning = multiTaskLearning(learner, data, multiTaskProtocol, 0, null);
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
        tasks.map(({ id, classes }) =>
          inScope(() => {
            const first = (asking.task ?? 0) * queries;
            const asked = (asking.queries ?? count(queries)).map((at) => first + at);
            const heldBefore = held();
            const logits = learner.predict(id, reader.at(asked));
            labelsOf(logits, asked.length, classes);
            const values = Float32Array.from(logits.dataSync());
            return {
              kind: "logits",
              of: `task ${id}`,
              rows: asked.length,
              columns: classes,
              values,
              heldBefore,
            };
          }),
        ),
      encode: () => null,
      leave: () => undefined,
    };
  };
}
