import * as tf from "@tensorflow/tfjs-core";
import { predicting, type Broken } from "./broken.test-support.ts";
import { fixture } from "./sound.test-support.ts";

/** Learners that treat examples, labels or queries as more than a set. */
export const brokenSets: readonly Broken[] = [
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
