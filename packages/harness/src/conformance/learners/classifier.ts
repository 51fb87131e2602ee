import type { AlgorithmPlugin, Backbone, FewShotClassificationProtocol } from "@metabench/core";
import {
  adaptTo,
  createLearner,
  drawPredictors,
  fewShotLearning,
  imageReader,
  inputsOf,
  inScope,
  labelsOf,
  stepsOf,
} from "../../learner/index.ts";
import { tinyContext } from "../context.ts";
import { classesOfPatterns, testPatterns, testTasks } from "../data/classes.ts";
import { held } from "../held.ts";
import type { Answer, Asking, Making, Specimen } from "../specimen.ts";
import { count } from "./count.ts";
import { leaveAfterFirst } from "./leave-after-first.ts";
import { withHeadline } from "./with-headline.ts";

const { ways, supportPerClass, queriesPerClass } = testTasks;
const perClass = supportPerClass + queriesPerClass;

const protocol = {
  kind: "few-shot-classification",
  id: "conformance/patterns",
  version: 1,
  title: "Patterns",
  summary: "Generated patterns.",
  tier: "quick",
  division: "open",
  dataset: { id: "patterns", options: {} },
  backbone: { id: "conv4", options: { width: 8 } },
  budget: { images: 100_000, validateEvery: 100_000 },
  seeds: 1,
  ways,
  shots: 1,
  queries: queriesPerClass,
  testEpisodes: 1,
  validationEpisodes: 1,
  validationWays: ways,
  curveSteps: 10,
} as const satisfies FewShotClassificationProtocol;

/** Which images are the support and the queries of a task, as positions in the test patterns. */
function positions({ task = 0, classOrder = count(ways), supportOrder, queries }: Asking, shots: number) {
  const image = (way: number, at: number) => (task * ways + way) * perClass + at;
  const within = supportOrder ?? count(shots);
  const all = count(ways * queriesPerClass).map((at) =>
    image(Math.floor(at / queriesPerClass), supportPerClass + (at % queriesPerClass)),
  );
  return {
    support: Uint32Array.from(classOrder.flatMap((way) => within.map((at) => image(way, at)))),
    supportLabels: Int32Array.from(classOrder.flatMap((_, label) => within.map(() => label))),
    query: Uint32Array.from(queries ? queries.map((at) => all[at] ?? 0) : all),
  };
}

/** Makes few-shot classifiers of a plugin: 16×16 patterns, five ways, one shot, a Conv4 of width 8. */
export function classifiers(
  plugin: AlgorithmPlugin<"few-shot-classification">,
  backbone: Backbone,
  options: unknown,
): (making?: Making) => Specimen {
  const data = classesOfPatterns();
  const reader = imageReader(testPatterns(), data.image, data.normalisation);
  return ({ seed = 0, shots = 1 } = {}) => {
    const { context, streams, abort } = tinyContext(backbone, seed);
    const trainingClasses = data.splits.train.classNames.length;
    const task = { ways, shots, queries: queriesPerClass, image: data.image, trainingClasses };
    const learner = createLearner(plugin, { ...context, task }, options);
    streams.seal();
    const inputs = inputsOf(learner, reader);
    const learning = fewShotLearning(learner, data, { ...protocol, shots }, 0);
    return {
      learner,
      learning,
      tasks: null,
      streams,
      queries: ways * queriesPerClass,
      adaptation: { headline: learner.adaptationSteps, curve: stepsOf(learner, protocol.curveSteps) },
      abort,
      release() {
        learning.release();
        reader.release();
      },
      ask: (asking = {}) =>
        inScope(() => {
          const asked = positions(asking, shots);
          const columns = asking.classOrder?.length ?? ways;
          const rows = asked.query.length;
          const queries = inputs(asked.query);
          const answers: Answer[] = [];
          const predictors = adaptTo(learner, inputs, asked, columns, shots);
          drawPredictors(predictors, learner, withHeadline(learner, asking.steps), ({ step, predict }) => {
            const heldBefore = held();
            const logits = predict(queries);
            labelsOf(logits, rows, columns);
            const values = Float32Array.from(logits.dataSync());
            answers.push({ kind: "logits", of: `step ${String(step)}`, rows, columns, values, heldBefore });
          });
          return answers;
        }),
      encode: (queries) =>
        learner.adaptsOn === "images"
          ? null
          : inScope(() => {
              const { query } = positions(queries ? { queries } : {}, shots);
              const heldBefore = held();
              const embeddings = inputs(query);
              const rows = query.length;
              const values = Float32Array.from(embeddings.dataSync());
              return {
                kind: "features",
                of: "embeddings",
                rows,
                columns: values.length / rows,
                values,
                heldBefore,
              };
            }),
      leave: () => {
        inScope(() => {
          leaveAfterFirst(adaptTo(learner, inputs, positions({}, shots), ways, shots));
        });
      },
    };
  };
}
