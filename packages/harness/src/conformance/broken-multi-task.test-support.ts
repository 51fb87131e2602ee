import * as tf from "@tensorflow/tfjs-core";
import type { Broken } from "./broken.test-support.ts";
import { multiTaskFixture } from "./sound-multi-task.test-support.ts";

/** Multi-task learners, the check that each breaks, and what they are told to fix. */
export const brokenMultiTask: readonly Broken[] = [
  [
    "shapes",
    "one loss for all tasks",
    multiTaskFixture(({ learner }) => ({
      train: (batch) => ({ loss: tf.addN(Object.values(learner.train(batch))) as tf.Scalar }),
    })),
    /train\(\) returned losses called loss for tasks called row and column; return one a task/,
  ],
  [
    "shapes",
    "as many columns for each task as the largest has classes",
    multiTaskFixture(({ logits, context }) => ({
      predict(task, images) {
        const own = logits(task, images);
        const most = Math.max(...context.tasks.map(({ classes }) => classes));
        return tf.pad(own, [
          [0, 0],
          [0, most - own.shape[1]],
        ]);
      },
    })),
    /20 inputs and 3 classes; return logits \[20, 3\]/,
  ],
  [
    "variables",
    "a task's variable made when it is first predicted",
    multiTaskFixture(({ logits }) => ({
      predict(task, images) {
        tf.variable(tf.scalar(0));
        return logits(task, images);
      },
    })),
    /in neither parameters nor state/,
  ],
  [
    "determinism",
    "noise from tf.randomNormal",
    multiTaskFixture(({ logits }) => ({
      predict(task, images) {
        const own = logits(task, images);
        return tf.add(own, tf.randomNormal(own.shape)) as tf.Tensor2D;
      },
    })),
    /Predictions \(task row\) of two learners of one seed differ/,
  ],
  [
    "meta-parameters",
    "running statistics gathered in predict()",
    multiTaskFixture(({ kernels, logits }) => ({
      predict(task, images) {
        kernels[task]?.assign(tf.add(kernels[task], 0.1));
        return logits(task, images);
      },
    })),
    /Variable "row" is another after a test task/,
  ],
  [
    "tasks-apart",
    "a prediction that counts the images before it",
    multiTaskFixture(({ logits }) => {
      let seen = 0;
      return {
        predict: (task, images) => tf.mul(logits(task, images), (seen += images.shape[0])) as tf.Tensor2D,
      };
    }),
    /The same task is answered otherwise \(task row\)/,
  ],
  [
    "checkpoint",
    "a rate that falls with a counter in the closure",
    multiTaskFixture(({ kernels, learner }) => {
      let updates = 0;
      return {
        train(batch) {
          updates += 1;
          const losses = learner.train(batch);
          for (const kernel of Object.values(kernels)) kernel.assign(tf.mul(kernel, 1 - 0.1 / updates));
          return losses;
        },
      };
    }),
    /came to other numbers \(variable "row"\)/,
  ],
  [
    "queries-apart",
    "images normalised with their own batch",
    multiTaskFixture(({ logits }) => ({
      predict(task, images) {
        const own = logits(task, images);
        return tf.sub(own, tf.mean(own, 0));
      },
    })),
    /Predictions \(task row\) of a query change with the queries beside it/,
  ],
  [
    "abort",
    "an error of its own when the signal aborts",
    multiTaskFixture(({ context, learner }) => ({
      train(batch) {
        if (context.signal.aborted) throw new Error("I was not done.");
        return learner.train(batch);
      },
    })),
    /train\(\) threw Error: I was not done/,
  ],
];
