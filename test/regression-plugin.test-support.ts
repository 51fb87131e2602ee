/** Parts of a few-shot regressor that are not as they should be. */
interface Parts {
  /** Statements of `create`, before it returns the learner. */
  readonly create?: string;
  /** Body of `train(support, query)`; `step` counts its calls. */
  readonly train?: string;
  /** Body of `predict(inputs)`. */
  readonly predict?: string;
}

/** Source of a regressor that learns one number, the mean of all targets, by gradient descent with noise of its own stream. */
export function regressor(id: string, { create = "", train = "", predict = "" }: Parts = {}): string {
  return `defineAlgorithm({
  id: "${id}",
  version: "1.0.0",
  title: "The mean",
  summary: "Answers with the mean of all targets.",
  reference: null,
  regime: "few-shot",
  target: "values",
  options: z.strictObject({}),
  create({ task, random, log }) {
    const level = tf.variable(tf.scalar(random.fork("level").uniform()));
    const steps = tf.variable(tf.scalar(0));
    const noise = random.fork("noise");
    let step = 0;
    ${create}
    return {
      parameters: { level },
      state: { steps },
      trainsOn: "episodes",
      functionsPerUpdate: 500,
      train(support, query) {
        step += 1;
        ${train}
        const error = tf.sub(tf.mean(query.targets), level);
        const rate = tf.div(1, tf.add(steps, 1));
        level.assign(tf.add(level, tf.mul(rate, tf.add(error, 0.01 * noise.approximateNormal()))));
        steps.assign(tf.add(steps, 1));
        return { loss: tf.square(error) };
      },
      adaptationSteps: 0,
      *adapt() {
        yield {
          predict(inputs) {
            ${predict}
            return tf.mul(tf.ones([inputs.shape[0], task.outputs]), level);
          },
        };
      },
    };
  },
})`;
}

/** A module of these algorithms, in JavaScript that is TypeScript too. */
export const plugins = (...sources: readonly string[]): string => `
import { defineAlgorithm } from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";

export default [${sources.join(",\n")}];
`;
