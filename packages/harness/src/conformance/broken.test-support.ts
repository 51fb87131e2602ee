import type { AnyAlgorithm, Episode, SupportSet } from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { fixture, type Parts, type Sound } from "./sound.test-support.ts";

/** A learner whose every prediction is changed. */
export const predicting =
  (change: (logits: tf.Tensor2D, support: SupportSet, step: number) => tf.Tensor) =>
  ({ logits }: Parts): Partial<Sound> => ({
    *adapt(support) {
      for (let step = 0; ; step += 1) {
        const own = step;
        yield { predict: (images) => change(logits(support, images), support, own) as tf.Tensor2D };
      }
    },
  });

/** For each check, learners that break it, and what they are told to mend. */
export const broken: readonly (readonly [check: string, fault: string, AnyAlgorithm, message: RegExp])[] = [
  ["options", "an unknown option", fixture(undefined, z.object({})), /make the schema a z\.strictObject/],
  [
    "options",
    "an option of any type",
    fixture(undefined, z.strictObject({ rate: z.any().default(1) })),
    /"rate" takes .* give it a type/,
  ],
  [
    "options",
    "an option without a default",
    fixture(undefined, z.strictObject({ rate: z.number() })),
    /rate: .*a default/,
  ],
  [
    "options",
    "options changed by parsing",
    fixture(
      undefined,
      z.strictObject({
        rate: z
          .number()
          .default(1)
          .transform((rate) => 2 * rate),
      }),
    ),
    /without transforms/,
  ],
  [
    "variables",
    "a variable that no checkpoint holds",
    fixture(() => {
      tf.variable(tf.scalar(0));
      return {};
    }),
    /in neither parameters nor state/,
  ],
  [
    "variables",
    "a variable in both",
    fixture(({ kernel }) => ({ state: { moment: kernel } })),
    /state\["moment"\] and parameters\["kernel"\] are one variable/,
  ],
  [
    "variables",
    "one name twice",
    fixture(({ learner }) => ({ state: { kernel: learner.state["updates"] as tf.Variable } })),
    /"kernel" is a name in parameters and in state/,
  ],
  [
    "shapes",
    "a column too many",
    fixture(
      predicting((logits) =>
        tf.pad(logits, [
          [0, 0],
          [0, 1],
        ]),
      ),
    ),
    /return logits \[20, 5\]/,
  ],
  [
    "shapes",
    "as many ways as the test's, whatever the task's",
    fixture(
      predicting((logits, { ways }) =>
        tf.pad(logits, [
          [0, 0],
          [0, 5 - ways],
        ]),
      ),
    ),
    /3 classes; return logits \[20, 3\]/,
  ],
  [
    "shapes",
    "a loss that is no scalar",
    fixture(() => ({ train: () => ({ loss: tf.zeros([2]) as unknown as tf.Scalar }) })),
    /Loss "loss" has shape \[2\]; return the mean/,
  ],
  [
    "steps",
    "an end before the curve's",
    fixture(({ logits }) => ({
      *adapt(support) {
        for (let step = 0; step < 4; step += 1) yield { predict: (images) => logits(support, images) };
      },
    })),
    /ended after 4 predictors, 11 were to be drawn; go on/,
  ],
  [
    "steps",
    "an end before the headline",
    fixture(({ logits }) => ({
      *adapt(support) {
        yield { predict: (images) => logits(support, images) };
      },
    })),
    /declares 2 adaptation steps; yield one predictor before the first step/,
  ],
  [
    "finite",
    "a loss of 0/0",
    fixture(() => ({ train: () => ({ loss: tf.div(tf.scalar(0), tf.scalar(0)) as tf.Scalar }) })),
    /Loss "loss" is NaN at update 1; look for a division by zero/,
  ],
  [
    "finite",
    "a variable that diverges",
    fixture(({ learner }) => ({
      train(batch) {
        learner.state["updates"]?.assign(tf.scalar(Infinity));
        return learner.train(batch);
      },
    })),
    /Variable "updates" is not finite/,
  ],
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
    "support-order",
    "a support set of which the last shot counts",
    fixture(({ logits }) => ({
      *adapt({ inputs, labels, ways, shots }) {
        const last = Array.from({ length: ways }, (_, way) => (way + 1) * shots - 1);
        const own = { inputs: tf.gather(inputs, last), labels: tf.gather(labels, last), ways, shots: 1 };
        for (;;) yield { predict: (images) => logits(own, images) };
      },
    })),
    /change with the order of the support examples; treat them as a set .* dependsOn: \["support-order"\]/,
  ],
  [
    "support-order",
    "a support set of which the last shot counts, behind a constant",
    fixture(({ logits }) => ({
      *adapt({ inputs, labels, ways, shots }) {
        const last = Array.from({ length: ways }, (_, way) => (way + 1) * shots - 1);
        const own = { inputs: tf.gather(inputs, last), labels: tf.gather(labels, last), ways, shots: 1 };
        for (;;) yield { predict: (images) => tf.sub(logits(own, images), 10_000) as tf.Tensor2D };
      },
    })),
    /change with the order of the support examples/,
  ],
  [
    "label-order",
    "a preference for the first label, behind a constant",
    fixture(
      predicting((logits, { ways }) => tf.add(logits, tf.sub(tf.mul(tf.oneHot([0], ways), 5), 10_000))),
    ),
    /Label 0 gets a mean probability of/,
  ],
  [
    "label-order",
    "the first label always, once it has learned something",
    fixture(({ learner }) => ({
      *adapt(support) {
        const learned = tf.minimum(learner.state["updates"] ?? 0, 1);
        const first = tf.mul(tf.mul(tf.oneHot([0], support.ways), 1000), learned);
        for (const { predict } of learner.adapt(support))
          yield { predict: (images) => tf.add(predict(images), first) as tf.Tensor2D };
      },
    })),
    /Label 0 gets a mean probability of 1\.000/,
  ],
  [
    "label-order",
    "a preference for the first label",
    fixture(predicting((logits, { ways }) => tf.add(logits, tf.mul(tf.oneHot([0], ways), 5)))),
    /Label 0 gets a mean probability of .* over 10 seeds.* treat all labels alike/,
  ],
  [
    "queries-apart",
    "queries normalised with their own batch",
    fixture(predicting((logits) => tf.sub(logits, tf.mean(logits, 0)))),
    /change with the queries beside it; normalise queries with .* dependsOn: \["other-queries"\]/,
  ],
  [
    "queries-apart",
    "queries normalised with their own batch, behind a constant",
    fixture(predicting((logits) => tf.sub(tf.sub(logits, tf.mean(logits, 0)), 10_000))),
    /change with the queries beside it/,
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
    "finite",
    "a division by zero late in the curve",
    fixture(predicting((logits, _, step) => tf.div(logits, 7 - step))),
    /Logits are not finite/,
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
  [
    "shapes",
    "the labels of queries, which training episodes have",
    fixture(({ learner }) => ({
      adapt(support) {
        const { query } = support as unknown as Episode;
        return learner.adapt({ ...support, labels: query.labels });
      },
    })),
    /The plugin threw TypeError.* adapt\(\) is given a support set and predict\(\) inputs, never the labels of queries/,
  ],
  [
    "queries-apart",
    "labels told from where in the batch a query lies",
    fixture(
      predicting((logits, { ways }) => {
        const [rows = 1] = logits.shape;
        const guessed = tf.floor(tf.mul(tf.range(0, rows), ways / rows));
        return tf.oneHot(tf.cast(guessed, "int32") as tf.Tensor1D, ways, 1000);
      }),
    ),
    /change with the queries beside it/,
  ],
];
