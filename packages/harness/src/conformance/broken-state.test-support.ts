import * as tf from "@tensorflow/tfjs-core";
import { predicting, type Broken } from "./broken.test-support.ts";
import { fixture } from "./sound.test-support.ts";

/** Learners that draw, keep or change what they must not. */
export const brokenState: readonly Broken[] = [
  [
    "determinism",
    "weights from Math.random()",
    fixture(({ kernel }) => {
      kernel.assign(tf.mul(kernel, Math.random()));
      return {};
    }),
    /Variable "kernel" differs .* draw from context\.random alone/,
  ],
  [
    "determinism",
    "predictions from Math.random()",
    fixture(predicting((logits) => tf.mul(logits, Math.random()))),
    /Predictions \(step 2\) of two learners of one seed differ/,
  ],
  [
    "training-memory",
    "a tensor kept in every update",
    fixture(({ learner }) => ({
      train(batch) {
        tf.keep(tf.zeros([3]));
        return learner.train(batch);
      },
    })),
    /Two updates left 2 tensors behind; take out tf\.keep\(\)/,
  ],
  [
    "answering-memory",
    "a tensor kept in every task",
    fixture(
      predicting((logits) => {
        tf.keep(tf.zeros([3]));
        return logits;
      }),
    ),
    /Two test tasks left 2 tensors behind/,
  ],
  [
    "answering-memory",
    "a step that leaves its weights",
    fixture(({ kernel, logits }) => ({
      *adapt(support) {
        for (;;) {
          tf.mul(kernel, 2);
          yield { predict: (images) => logits(support, images) };
        }
      },
    })),
    /Each adaptation step adds 1 tensor and 8192 bytes .* free what a step leaves/,
  ],
  [
    "answering-memory",
    "a step that leaves a part of its weights",
    fixture(({ kernel, logits }) => ({
      *adapt(support) {
        for (;;) {
          tf.slice(kernel, 0, 8);
          yield { predict: (images) => logits(support, images) };
        }
      },
    })),
    /Each adaptation step adds 1 tensor and 256 bytes/,
  ],
  [
    "answering-memory",
    "a step that leaves another view of the same numbers",
    fixture(({ kernel, logits }) => ({
      *adapt(support) {
        for (;;) {
          tf.reshape(kernel, [-1]);
          yield { predict: (images) => logits(support, images) };
        }
      },
    })),
    /Each adaptation step adds 1 tensor and/,
  ],
  [
    "answering-memory",
    "a step that adds to a list of all before it",
    fixture(({ logits }) => ({
      *adapt(support) {
        for (let path = tf.zeros([1]); ;) {
          yield { predict: (images) => logits(support, images) };
          const longer = tf.tidy(() => tf.concat([path, tf.zeros([1])]));
          path.dispose();
          path = longer;
        }
      },
    })),
    /Each adaptation step adds 0 tensors and 4 bytes/,
  ],
  [
    "meta-parameters",
    "weights adapted in place",
    fixture(({ kernel, learner }) => ({
      adapt(support) {
        kernel.assign(tf.mul(kernel, 1.5));
        return learner.adapt(support);
      },
    })),
    /Variable "kernel" is another after a test task; adapt a copy/,
  ],
  [
    "tasks-apart",
    "a memory of earlier tasks",
    fixture((own) => {
      let before = 1;
      return predicting((logits) => tf.mul(logits, (before += 1)))(own);
    }),
    /The same task is answered otherwise \(step 2\)/,
  ],
  [
    "tasks-apart",
    "a memory of earlier tasks, behind a constant",
    fixture((own) => {
      let before = 1;
      return predicting((logits) => tf.sub(tf.mul(logits, (before *= 1.02)), 10_000))(own);
    }),
    /The same task is answered otherwise/,
  ],
  [
    "checkpoint",
    "a learning rate that falls with a counter in the closure",
    fixture(({ kernel, loss }) => {
      let updates = 0;
      return {
        train([episode]) {
          if (!episode) throw new Error("There is no episode.");
          updates += 1;
          const { value, grads } = tf.variableGrads(() => loss(episode), [kernel]);
          kernel.assign(tf.sub(kernel, tf.mul(grads[kernel.name] ?? 0, 0.01 / updates)));
          return { loss: value };
        },
      };
    }),
    /came to other numbers \(variable "kernel"\); keep all that changes in variables/,
  ],
  [
    "checkpoint",
    "predictions that hang on a number in the closure",
    fixture((own) => {
      let scale = 1;
      return {
        ...predicting((logits) => tf.mul(logits, scale))(own),
        train(batch) {
          scale += 1;
          return own.learner.train(batch);
        },
      };
    }),
    /predicts otherwise \(step 2\) than the one that was saved/,
  ],
  [
    "leaving",
    "weights put back only by who draws to the end",
    fixture(({ kernel, logits }) => ({
      adaptationSteps: 0,
      *adapt(support) {
        const before = tf.clone(kernel);
        kernel.assign(tf.mul(kernel, 2));
        yield { predict: (images) => logits(support, images) };
        kernel.assign(before);
      },
    })),
    /stays changed when adapt\(\) is left after its first predictor; adapt a copy, or put things back/,
  ],
  [
    "abort",
    "an error of its own when the signal aborts",
    fixture(({ context, learner }) => ({
      train(batch) {
        if (context.signal.aborted) throw new Error("I was not done.");
        return learner.train(batch);
      },
    })),
    /train\(\) threw Error: I was not done\.; let throwIfAborted\(\) be/,
  ],
  [
    "abort",
    "long work once the signal aborts",
    fixture(({ context, kernel, learner }) => ({
      train(batch) {
        if (context.signal.aborted)
          for (let round = 0; round < 200; round += 1) tf.tidy(() => tf.mul(kernel, round));
        return learner.train(batch);
      },
    })),
    /With context\.signal aborted, train\(\) made \d+ tensors, and \d+ otherwise; end by throwIfAborted\(\)/,
  ],
  [
    "abort",
    "weights put back only where no signal ends the loop",
    fixture(({ context, kernel, logits }) => ({
      *adapt(support) {
        const before = tf.clone(kernel);
        kernel.assign(tf.mul(kernel, 2));
        for (let step = 0; step < 3; step += 1) context.signal.throwIfAborted();
        kernel.assign(before);
        for (;;) yield { predict: (images) => logits(support, images) };
      },
    })),
    /Variable "kernel" stays changed when context\.signal ends adapt\(\)/,
  ],
  [
    "meta-parameters",
    "weights adapted in place from the second task on",
    fixture(({ kernel, learner }) => {
      let tasks = 0;
      return {
        adapt(support) {
          tasks += 1;
          if (tasks > 1) kernel.assign(tf.mul(kernel, 1.5));
          return learner.adapt(support);
        },
      };
    }),
    /Variable "kernel" is another after a test task/,
  ],
  [
    "determinism",
    "predictions that hang on the hour",
    fixture(predicting((logits) => tf.mul(logits, 1 + (Math.floor(Date.now() / 3_600_000) % 24)))),
    /of two learners of one seed differ/,
  ],
  [
    "determinism",
    "a number shared by all learners of the module",
    (() => {
      let learners = 0;
      return fixture((own) => {
        const mine = (learners += 1);
        return predicting((logits) => tf.mul(logits, mine))(own);
      });
    })(),
    /of two learners of one seed differ.* keep nothing outside create\(\)'s closure/,
  ],
];
