import {
  MetabenchError,
  randomStream,
  streamPath,
  type FewShotRegressionProtocol,
  type FunctionBatch,
  type FunctionFamily,
  type Random,
  type RegressionLearner,
} from "@metabench/core";
import { tensor2d, tensor3d, type Tensor2D } from "@tensorflow/tfjs-core";
import { assertFinite, drawPredictors } from "./adaptation.ts";
import { frozenFunctions, type FunctionEpisode } from "../episodes/index.ts";
import type { Learning } from "./learning.ts";
import { inScope } from "./scope.ts";
import { assertTensor } from "./unexpected.ts";

/** `points` points of each function: one batch of support, one of query. */
function drawBatch(
  family: FunctionFamily,
  functions: number,
  points: number,
  random: Random,
): readonly [FunctionBatch, FunctionBatch] {
  const drawn = Array.from({ length: functions }, () => family.draw(random));
  const half = (): FunctionBatch => {
    const inputs = drawn.map(() => Array.from({ length: points }, () => [...family.input(random)]));
    const targets = drawn.map((f, index) => (inputs[index] ?? []).map((x) => [...f(x)]));
    return { inputs: tensor3d(inputs), targets: tensor3d(targets) };
  };
  return [half(), half()];
}

/**
 * Checks predictions `[rows, columns]`.
 *
 * @throws MetabenchError `contract-broken` for no tensor or a wrong shape, `not-finite` for NaN or infinity
 */
export function assertOutputs(outputs: Tensor2D, rows: number, columns: number): void {
  assertTensor(outputs, "predict()");
  if (outputs.shape.join() !== [rows, columns].join())
    throw new MetabenchError(
      "contract-broken",
      `predict() returned shape [${outputs.shape.join(", ")}] for ${String(rows)} inputs; return outputs [${String(rows)}, ${String(columns)}].`,
    );
  assertFinite(outputs, "Predictions");
}

/**
 * Outputs of a learner for an episode's queries at the wanted steps.
 *
 * @throws MetabenchError `contract-broken` for no tensor or a wrong shape, `not-finite` for NaN or infinity
 */
export function adaptToFunction(
  learner: RegressionLearner,
  { inputs, targets, query }: Pick<FunctionEpisode, "inputs" | "targets" | "query">,
  shots: number,
  wanted: readonly number[],
): { readonly steps: readonly number[]; readonly outputs: readonly Float32Array[] } {
  return inScope(() => {
    const width = inputs.length / shots;
    const outputWidth = targets.length / shots;
    const asked = tensor2d(query, [query.length / width, width]);
    const support = {
      inputs: tensor2d(inputs, [shots, width]),
      targets: tensor2d(targets, [shots, outputWidth]),
    };
    const outputs: Float32Array[] = [];
    const steps = drawPredictors(learner.adapt(support), learner, wanted, ({ predict }) => {
      const predicted = predict(asked);
      assertOutputs(predicted, query.length / width, outputWidth);
      outputs.push(Float32Array.from(predicted.dataSync()));
    });
    return { steps, outputs };
  });
}

/** Mean squared difference of two vectors of one length. */
function meanSquaredDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (const [at, value] of a.entries()) sum += (value - (b[at] ?? NaN)) ** 2;
  return sum / a.length;
}

/** Binds a few-shot regressor to its family of functions. */
export function regressionLearning(
  learner: RegressionLearner,
  family: FunctionFamily,
  protocol: FewShotRegressionProtocol,
  seed: number,
): Learning {
  const { shots, validationEpisodes } = protocol;
  const random = randomStream(streamPath(protocol, "train", String(seed)));
  const validation =
    learner.trainsOn === "nothing" ? [] : frozenFunctions(family, protocol, "validation", validationEpisodes);

  return {
    learner,
    training:
      learner.trainsOn === "nothing"
        ? { on: "nothing" }
        : { on: "functions", shots, perUpdate: learner.functionsPerUpdate },
    imagesPerUpdate: learner.trainsOn === "nothing" ? null : learner.functionsPerUpdate * shots * 2,
    update: () => learner.train(...drawBatch(family, learner.functionsPerUpdate, shots, random)),
    validate() {
      const errors = validation.map((episode) => {
        const { outputs } = adaptToFunction(learner, episode, shots, [learner.adaptationSteps]);
        return meanSquaredDifference(episode.answers, outputs[0] ?? new Float32Array());
      });
      const mse = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      return { metrics: { mse }, score: -mse };
    },
    release: () => undefined,
    state: () => [...random.state()],
    restore: (state) => {
      random.restore(state as readonly number[]);
    },
  };
}
