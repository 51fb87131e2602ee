import * as tf from "@tensorflow/tfjs-core";
import type { Broken } from "./broken.test-support.ts";
import { regressorFixture, type RegressorParts } from "./sound-regressor.test-support.ts";

/** A regressor whose every output is changed, after one step. */
const predicting =
  (change: (outputs: tf.Tensor2D, step: number) => tf.Tensor) =>
  ({ learner }: RegressorParts) => ({
    *adapt(points: Parameters<typeof learner.adapt>[0]) {
      let step = 0;
      for (const { predict } of learner.adapt(points)) {
        const own = step;
        yield { predict: (inputs: tf.Tensor2D) => change(predict(inputs), own) as tf.Tensor2D };
        step += 1;
      }
    },
  });

/** Regressors, the check that each breaks, and what they are told to fix. */
export const brokenRegressors: readonly Broken[] = [
  [
    "shapes",
    "outputs without a column",
    regressorFixture(predicting((outputs) => tf.reshape(outputs, [-1]))),
    /return outputs \[12, 1\]/,
  ],
  [
    "steps",
    "an end before the curve's",
    regressorFixture(({ weights, outputs }) => ({
      *adapt() {
        for (let step = 0; step < 4; step += 1) yield { predict: (inputs) => outputs(weights, inputs) };
      },
    })),
    /ended after 4 predictors, 11 were to be drawn/,
  ],
  [
    "finite",
    "the square root of what may lie below zero",
    regressorFixture(predicting((outputs) => tf.sqrt(outputs))),
    /Predictions are not finite/,
  ],
  [
    "determinism",
    "outputs that hang on the clock",
    regressorFixture((own) => {
      const began = performance.now();
      return predicting((outputs) => tf.mul(outputs, began))(own);
    }),
    /Predictions \(step 3\) of two learners of one seed differ/,
  ],
  [
    "answering-memory",
    "steps that keep the weights of those before",
    regressorFixture(({ weights, step, outputs }) => ({
      *adapt(points) {
        for (let own: tf.Tensor = weights; ; own = step(own, points)) {
          const now = own;
          yield { predict: (inputs) => outputs(now, inputs) };
        }
      },
    })),
    /Each adaptation step adds 1 tensor and 12 bytes/,
  ],
  [
    "meta-parameters",
    "weights adapted in place",
    regressorFixture(({ weights, step, learner }) => ({
      adapt(points) {
        weights.assign(step(weights, points));
        return learner.adapt(points);
      },
    })),
    /Variable "weights" is another after a test task/,
  ],
  [
    "support-order",
    "a function through the last point",
    regressorFixture(({ learner }) => ({
      adapt: ({ inputs, targets }) =>
        learner.adapt({
          inputs: tf.slice(inputs, [2, 0], [1, -1]),
          targets: tf.slice(targets, [2, 0], [1, -1]),
        }),
    })),
    /change with the order of the support examples/,
  ],
  [
    "queries-apart",
    "outputs centred over their batch, behind a constant",
    regressorFixture(predicting((outputs) => tf.add(tf.sub(outputs, tf.mean(outputs)), 1000))),
    /change with the queries beside it/,
  ],
  [
    "leaving",
    "weights put back only by who draws to the end",
    regressorFixture(({ weights, step, outputs }) => ({
      adaptationSteps: 0,
      *adapt(points) {
        const before = tf.clone(weights);
        weights.assign(step(weights, points));
        yield { predict: (inputs) => outputs(weights, inputs) };
        weights.assign(before);
      },
    })),
    /stays changed when adapt\(\) is left after its first predictor/,
  ],
];
