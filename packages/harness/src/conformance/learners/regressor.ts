import type { AlgorithmPlugin, Backbone, FewShotRegressionProtocol } from "@metabench/core";
import { tensor2d } from "@tensorflow/tfjs-core";
import { frozenFunctions, type FunctionEpisode } from "../../episodes/index.ts";
import {
  assertOutputs,
  createLearner,
  drawPredictors,
  inScope,
  regressionLearning,
  stepsOf,
} from "../../learner/index.ts";
import { tinyContext } from "../context.ts";
import { sineWaves } from "../data/functions.ts";
import { held } from "../held.ts";
import type { Answer, Asking, Making, Specimen } from "../specimen.ts";
import { count } from "./count.ts";
import { leaveAfterFirst } from "./leave-after-first.ts";
import { withHeadline } from "./with-headline.ts";

const queries = 12;

const protocol = {
  kind: "few-shot-regression",
  id: "conformance/sine-waves",
  version: 1,
  title: "Sine waves",
  summary: "Generated sine waves.",
  tier: "quick",
  division: "open",
  dataset: { id: "sine-waves", options: {} },
  backbone: { id: "multilayer-perceptron", options: {} },
  budget: { images: 100_000, validateEvery: 100_000 },
  seeds: 1,
  shots: 5,
  queries,
  testEpisodes: 2,
  validationEpisodes: 1,
  curveSteps: 10,
} as const satisfies FewShotRegressionProtocol;

/** Support `[shots, 1]` in the order asked for, and queries `[n, 1]`. */
function tensors({ inputs, targets, query }: FunctionEpisode, asking: Asking) {
  const order = asking.supportOrder ?? count(inputs.length);
  const pick = (values: Float32Array, at: readonly number[]) =>
    tensor2d(
      at.map((position) => values[position] ?? 0),
      [at.length, 1],
    );
  return {
    support: { inputs: pick(inputs, order), targets: pick(targets, order) },
    asked: pick(query, asking.queries ?? count(query.length)),
  };
}

/** Makes few-shot regressors of a plugin: sine waves, five points, a small perceptron. */
export function regressors(
  plugin: AlgorithmPlugin<"few-shot-regression">,
  backbone: Backbone,
  options: unknown,
): (making?: Making) => Specimen {
  return ({ seed = 0, shots = protocol.shots } = {}) => {
    const own = { ...protocol, shots };
    const episodes = frozenFunctions(sineWaves, own, "test", own.testEpisodes);
    const episode = (asking: Asking) => {
      const found = episodes[asking.task ?? 0];
      if (!found) throw new RangeError(`There is no test function ${String(asking.task)}.`);
      return tensors(found, asking);
    };
    const { context, streams, abort } = tinyContext(backbone, seed);
    const task = { inputs: 1, outputs: 1, shots, queries };
    const learner = createLearner(plugin, { ...context, task }, options);
    streams.seal();
    return {
      learner,
      learning: regressionLearning(learner, sineWaves, own, 0),
      tasks: null,
      streams,
      queries,
      adaptation: { headline: learner.adaptationSteps, curve: stepsOf(learner, own.curveSteps) },
      abort,
      release: () => undefined,
      ask: (asking = {}) =>
        inScope(() => {
          const { support, asked } = episode(asking);
          const rows = asked.shape[0];
          const answers: Answer[] = [];
          drawPredictors(
            learner.adapt(support),
            learner,
            withHeadline(learner, asking.steps),
            ({ step, predict }) => {
              const heldBefore = held();
              const outputs = predict(asked);
              assertOutputs(outputs, rows, 1);
              const values = Float32Array.from(outputs.dataSync());
              answers.push({
                kind: "features",
                of: `step ${String(step)}`,
                rows,
                columns: 1,
                values,
                heldBefore,
              });
            },
          );
          return answers;
        }),
      encode: () => null,
      leave: () => {
        inScope(() => {
          leaveAfterFirst(learner.adapt(episode({}).support));
        });
      },
    };
  };
}
