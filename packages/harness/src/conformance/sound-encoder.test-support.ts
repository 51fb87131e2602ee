import {
  defineAlgorithm,
  type AnyAlgorithm,
  type Dependence,
  type FewShotContext,
  type LabelledSet,
  type Losses,
  type Predictor,
  type SupportSet,
  type Variables,
} from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";

const features = 8;
const pixels = 256;

/** A learner of labelled images that adapts on embeddings, whose parts a test may replace. */
export interface SoundEncoder {
  dependsOn?: readonly Dependence[];
  parameters: Variables;
  state: Variables;
  trainsOn: "labelled-images";
  batchSize: number;
  train(batch: LabelledSet): Losses;
  adaptsOn: "embeddings";
  encode(images: tf.Tensor4D): tf.Tensor;
  adaptationSteps: number;
  adapt(support: SupportSet<tf.Tensor>): Iterable<Predictor<tf.Tensor>>;
}

/** The sound learner, and what of it a fault may want to use. */
export interface EncoderParts {
  readonly kernel: tf.Variable;
  readonly learner: SoundEncoder;
  logits(support: SupportSet<tf.Tensor>, embeddings: tf.Tensor): tf.Tensor2D;
}

function soundParts({ random, task }: FewShotContext): EncoderParts {
  const normal = (name: string, shape: readonly [number, number]) => {
    const draws = random.fork(name);
    const values = Float32Array.from({ length: shape[0] * shape[1] }, () => 0.05 * draws.approximateNormal());
    return tf.variable(tf.tensor2d(values, [...shape]));
  };
  const kernel = normal("kernel", [pixels, features]);
  const head = normal("head", [features, task.trainingClasses]);
  const encode = (images: tf.Tensor4D) =>
    tf.matMul(tf.reshape(images, [-1, pixels]) as tf.Tensor2D, kernel as unknown as tf.Tensor2D);
  /** Minus the squared distance to the mean of each class. */
  const logits = ({ inputs, ways, shots }: SupportSet<tf.Tensor>, embeddings: tf.Tensor) => {
    const means = tf.mean(tf.reshape(inputs, [ways, shots, features]), 1);
    const differences = tf.sub(tf.expandDims(embeddings, 1), tf.expandDims(means, 0));
    return tf.neg(tf.sum(tf.square(differences), 2)) as tf.Tensor2D;
  };
  const loss = ({ inputs, labels }: LabelledSet) => {
    const scores = tf.matMul(encode(inputs), head as unknown as tf.Tensor2D);
    const wanted = tf.oneHot(labels, task.trainingClasses);
    return tf.neg(tf.mean(tf.sum(tf.mul(wanted, tf.logSoftmax(scores)), 1))) as tf.Scalar;
  };
  return {
    kernel,
    logits,
    learner: {
      parameters: { kernel, head },
      state: {},
      trainsOn: "labelled-images",
      batchSize: 16,
      train(batch) {
        const { value, grads } = tf.variableGrads(() => loss(batch), [kernel, head]);
        for (const variable of [kernel, head])
          variable.assign(tf.sub(variable, tf.mul(grads[variable.name] ?? 0, 0.01)));
        return { loss: value };
      },
      adaptsOn: "embeddings",
      encode,
      adaptationSteps: 0,
      *adapt(support) {
        yield { predict: (embeddings) => logits(support, embeddings) };
      },
    },
  };
}

/** A linear encoder trained to tell the training classes apart, and nearest class means of embeddings, with some of its parts replaced. */
export const encoderFixture = (
  fault: (parts: EncoderParts) => Partial<SoundEncoder> = () => ({}),
): AnyAlgorithm =>
  defineAlgorithm({
    id: "encoder-fixture",
    version: "1.0.0",
    title: "Encoder fixture",
    summary: "Nearest class means of the embeddings of a linear classifier.",
    reference: null,
    setting: "few-shot-classification",
    options: z.strictObject({}),
    create(context) {
      const parts = soundParts(context);
      return { ...parts.learner, ...fault(parts) };
    },
  });
