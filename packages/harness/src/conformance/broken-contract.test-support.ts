import type { Episode } from "@metabench/core";
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { predicting, type Broken } from "./broken.test-support.ts";
import { fixture } from "./sound.test-support.ts";

/** Learners that break what the contract says of options, variables, shapes, steps and numbers. */
export const brokenContract: readonly Broken[] = [
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
    "finite",
    "a division by zero late in the curve",
    fixture(predicting((logits, _, step) => tf.div(logits, 7 - step))),
    /Logits are not finite/,
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
];
