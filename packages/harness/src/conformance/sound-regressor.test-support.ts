import {
  defineAlgorithm,
  type AnyAlgorithm,
  type RegressionContext,
  type RegressionLearner,
} from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";

/** The support points of one function. */
export type Points = Parameters<RegressionLearner["adapt"]>[0];

/** A sound regressor, and what of it a fault may want to use. */
export interface RegressorParts {
  readonly context: RegressionContext;
  readonly weights: tf.Variable;
  readonly learner: RegressionLearner;
  /** Weights one step further down the error on points. */
  step(weights: tf.Tensor, points: Points): tf.Tensor;
  outputs(weights: tf.Tensor, inputs: tf.Tensor2D): tf.Tensor2D;
}

function soundParts(context: RegressionContext): RegressorParts {
  const weights = tf.variable(tf.tensor2d([1, 0.5, 0.2], [3, 1]));
  /** 1, sin x, cos x. */
  const features = (inputs: tf.Tensor2D) =>
    tf.concat([tf.onesLike(inputs), tf.sin(inputs), tf.cos(inputs)], 1);
  const outputs = (own: tf.Tensor, inputs: tf.Tensor2D): tf.Tensor2D =>
    tf.matMul(features(inputs), own as tf.Tensor2D);
  const step = (own: tf.Tensor, { inputs, targets }: Points) =>
    tf.tidy(() => {
      const wrong = tf.sub(outputs(own, inputs), targets);
      const gradient = tf.matMul(features(inputs), wrong as tf.Tensor2D, true);
      return tf.sub(own, tf.mul(gradient, 0.1));
    });
  return {
    context,
    weights,
    step,
    outputs,
    learner: {
      parameters: { weights },
      state: {},
      trainsOn: "episodes",
      functionsPerUpdate: 4,
      train({ inputs, targets }) {
        const points = {
          inputs: tf.reshape(inputs, [-1, 1]),
          targets: tf.reshape(targets, [-1, 1]),
        } as Points;
        const loss = tf.mean(tf.square(tf.sub(outputs(weights, points.inputs), points.targets))) as tf.Scalar;
        weights.assign(tf.add(tf.mul(weights, 0.99), tf.mul(step(weights, points), 0.01)));
        return { loss };
      },
      adaptationSteps: 3,
      *adapt(points) {
        let own: tf.Tensor = tf.clone(weights);
        for (;;) {
          const now = own;
          yield { predict: (inputs) => outputs(now, inputs) };
          own = step(now, points);
          now.dispose();
        }
      },
    },
  };
}

/** Gradient descent on the height and place of a sine wave, with some of its parts replaced. */
export const regressorFixture = (
  fault: (parts: RegressorParts) => Partial<RegressionLearner> = () => ({}),
): AnyAlgorithm =>
  defineAlgorithm({
    id: "regressor-fixture",
    version: "1.0.0",
    title: "Regressor fixture",
    summary: "Gradient descent on the height and place of a sine wave.",
    reference: null,
    setting: "few-shot-regression",
    options: z.strictObject({}),
    create(context) {
      const parts = soundParts(context);
      return { ...parts.learner, ...fault(parts) };
    },
  });
