import {
  defineAlgorithm,
  type AnyAlgorithm,
  type MultiTaskContext,
  type MultiTaskLearner,
} from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";

const pixels = 256;

/** A sound multi-task learner, and what of it a fault may want to use. */
export interface MultiTaskParts {
  readonly context: MultiTaskContext;
  readonly kernels: Readonly<Record<string, tf.Variable>>;
  readonly learner: MultiTaskLearner;
  logits(task: string, images: tf.Tensor4D): tf.Tensor2D;
}

function soundParts(context: MultiTaskContext): MultiTaskParts {
  const kernels: Record<string, tf.Variable> = {};
  for (const { id, classes } of context.tasks) kernels[id] = tf.variable(tf.zeros([pixels, classes]));
  const logits = (task: string, images: tf.Tensor4D): tf.Tensor2D =>
    tf.matMul(tf.reshape(images, [-1, pixels]) as tf.Tensor2D, kernels[task] as unknown as tf.Tensor2D);
  return {
    context,
    kernels,
    logits,
    learner: {
      parameters: kernels,
      state: {},
      batchSize: 16,
      train({ inputs, targets }) {
        const losses: Record<string, tf.Scalar> = {};
        for (const { id, classes } of context.tasks) {
          const kernel = kernels[id];
          const labels = targets[id];
          if (!kernel || !labels) throw new Error(`There is no task ${id}.`);
          const { value, grads } = tf.variableGrads(() => {
            const likely = tf.logSoftmax(logits(id, inputs));
            return tf.neg(tf.mean(tf.sum(tf.mul(tf.oneHot(labels, classes), likely), 1))) as tf.Scalar;
          }, [kernel]);
          kernel.assign(tf.sub(kernel, tf.mul(grads[kernel.name] ?? 0, 0.01)));
          losses[id] = value;
        }
        return losses;
      },
      predict: logits,
    },
  };
}

/** A linear classifier a task, with some of its parts replaced. */
export const multiTaskFixture = (
  fault: (parts: MultiTaskParts) => Partial<MultiTaskLearner> = () => ({}),
): AnyAlgorithm =>
  defineAlgorithm({
    id: "multi-task-fixture",
    version: "1.0.0",
    title: "Multi-task fixture",
    summary: "A linear classifier a task.",
    reference: null,
    setting: "multi-task",
    options: z.strictObject({}),
    create(context) {
      const parts = soundParts(context);
      return { ...parts.learner, ...fault(parts) };
    },
  });
