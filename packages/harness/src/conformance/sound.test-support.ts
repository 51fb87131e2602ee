import {
  defineAlgorithm,
  type AnyAlgorithm,
  type Dependence,
  type Episode,
  type FewShotContext,
  type Losses,
  type Predictor,
  type SupportSet,
  type TrainingEpisodes,
  type Variables,
} from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";

const features = 8;
const pixels = 256;

/** A few-shot learner whose parts a test may replace, and what of it they may want to use. */
export interface Sound {
  dependsOn?: readonly Dependence[];
  parameters: Variables;
  state: Variables;
  trainsOn: "episodes";
  episodes: TrainingEpisodes;
  train(batch: readonly Episode[]): Losses;
  adaptsOn: "images";
  adaptationSteps: number;
  adapt(support: SupportSet): Iterable<Predictor>;
}

/** The sound learner, with its parts at hand. */
export interface Parts {
  readonly context: FewShotContext;
  readonly kernel: tf.Variable;
  readonly learner: Sound;
  logits(support: SupportSet, images: tf.Tensor4D): tf.Tensor2D;
  loss(episode: Episode): tf.Scalar;
}

function soundParts(context: FewShotContext): Parts {
  const draws = context.random.fork("kernel");
  const initial = Float32Array.from({ length: pixels * features }, () => 0.05 * draws.approximateNormal());
  const kernel = tf.variable(tf.tensor2d(initial, [pixels, features]));
  const updates = tf.variable(tf.scalar(0));
  const embed = (images: tf.Tensor4D) =>
    tf.matMul(tf.reshape(images, [-1, pixels]) as tf.Tensor2D, kernel as unknown as tf.Tensor2D);
  /** Minus the squared distance to the mean of each class. */
  const logits = ({ inputs, ways, shots }: SupportSet, images: tf.Tensor4D) => {
    const means = tf.mean(tf.reshape(embed(inputs), [ways, shots, features]), 1);
    const differences = tf.sub(tf.expandDims(embed(images), 1), tf.expandDims(means, 0));
    return tf.neg(tf.sum(tf.square(differences), 2)) as tf.Tensor2D;
  };
  const loss = ({ support, query }: Episode) => {
    const wanted = tf.oneHot(query.labels, support.ways);
    const logProbabilities = tf.logSoftmax(logits(support, query.inputs));
    return tf.neg(tf.mean(tf.sum(tf.mul(wanted, logProbabilities), 1))) as tf.Scalar;
  };
  const { ways, shots } = context.task;
  return {
    context,
    kernel,
    logits,
    loss,
    learner: {
      parameters: { kernel },
      state: { updates },
      trainsOn: "episodes",
      episodes: { ways, shots, queries: 2, perUpdate: 1 },
      train([episode]) {
        if (!episode) throw new Error("There is no episode.");
        const { value, grads } = tf.variableGrads(() => loss(episode), [kernel]);
        kernel.assign(tf.sub(kernel, tf.mul(grads[kernel.name] ?? 0, 0.01)));
        updates.assign(tf.add(updates, 1));
        return { loss: value };
      },
      adaptsOn: "images",
      adaptationSteps: 2,
      *adapt(support) {
        for (let step = 0; ; step += 1)
          yield { predict: (images) => tf.mul(logits(support, images), 1 + step) as tf.Tensor2D };
      },
    },
  };
}

/** Nearest class means of a linear embedding, with some of its parts replaced. */
export function fixture(
  fault: (parts: Parts) => Partial<Sound> = () => ({}),
  options: z.ZodType<object> = z.strictObject({ rate: z.number().positive().default(0.01) }),
): AnyAlgorithm {
  return defineAlgorithm({
    id: "fixture",
    version: "1.0.0",
    title: "Fixture",
    summary: "Nearest class means of a linear embedding.",
    reference: null,
    setting: "few-shot-classification",
    options,
    create(context) {
      const parts = soundParts(context);
      return { ...parts.learner, ...fault(parts) };
    },
  });
}
