import {
  cast,
  concat,
  matMul,
  mean,
  oneHot,
  reshape,
  slice,
  softmax,
  tile,
  transpose,
} from "@tensorflow/tfjs-core";
import type { Scalar, Tensor2D } from "@tensorflow/tfjs-core";
import type { Random, SupportSet } from "@metabench/core";
import { linear, meanSquaredError, relu, stopGradient, uniform, type LinearWeights } from "../../nn/index.ts";

/** Length of a task embedding. */
export const taskWidth = 64;

/** Label embeddings [ways, 64], and dense layers. */
export type TaskEncoderWeights = {
  readonly labels: Tensor2D;
  readonly example: LinearWeights;
  readonly score: LinearWeights;
  readonly decoder: { readonly hidden: LinearWeights; readonly output: LinearWeights };
};

/** Embeddings of the labels 0 … ways − 1, [ways, 64]. */
export const labelEmbeddings = ({ labels }: Pick<TaskEncoderWeights, "labels">, ways: number): Tensor2D =>
  slice(labels, [0, 0], [ways, -1]);

/** Each row of classes `[ways, 64]` beside a task embedding `[1, 64]`: [ways, 128]. */
export const besideTask = (task: Tensor2D, classes: Tensor2D): Tensor2D =>
  concat([tile(task, [classes.shape[0], 1]), classes], 1);

/** From the labelled examples of a task to one embedding, and back to the mean features of its classes. */
export const taskEncoder = {
  initialise(random: Random, features: number, ways: number): TaskEncoderWeights {
    const dense = (name: string, inputs: number, outputs: number) =>
      linear.initialise(random.fork(name), inputs, outputs);
    return {
      labels: uniform<Tensor2D>(random.fork("labels"), [ways, taskWidth], 1),
      example: dense("example", features + taskWidth, taskWidth),
      score: dense("score", taskWidth, 1),
      decoder: {
        hidden: dense("decoder/hidden", 2 * taskWidth, taskWidth),
        output: dense("decoder/output", taskWidth, features),
      },
    };
  },

  /** e = Σᵢ aᵢ hᵢ with hᵢ = ReLU(A [features of xᵢ; embedding of yᵢ]) and a the softmax of the scores v · hᵢ: [1, 64]. */
  embed(weights: TaskEncoderWeights, { inputs, labels, ways }: SupportSet<Tensor2D>): Tensor2D {
    const chosen = cast(oneHot(labels, ways) as Tensor2D, "float32");
    const labelled: Tensor2D = concat([inputs, matMul(chosen, labelEmbeddings(weights, ways))], 1);
    const examples: Tensor2D = relu(linear.apply(weights.example, labelled));
    // tfjs' softmax is that of the last axis alone.
    const attention = softmax(transpose(linear.apply(weights.score, examples)));
    return matMul(attention, examples);
  },

  /**
   * Mean squared error of the class means decoded from a task embedding and a label embedding. The means are constant to the gradient:
   * features must not shrink to be easy to decode.
   */
  reconstructionError(
    weights: TaskEncoderWeights,
    task: Tensor2D,
    { inputs, ways, shots }: SupportSet<Tensor2D>,
  ): Scalar {
    const { hidden, output } = weights.decoder;
    const decoded = linear.apply(
      output,
      relu(linear.apply(hidden, besideTask(task, labelEmbeddings(weights, ways)))),
    );
    return meanSquaredError(decoded, stopGradient(mean<Tensor2D>(reshape(inputs, [ways, shots, -1]), 1)));
  },
};
