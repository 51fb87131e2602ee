import * as tf from "@tensorflow/tfjs-core";
import type { Broken } from "./broken.test-support.ts";
import { encoderFixture } from "./sound-encoder.test-support.ts";

/** Learners of labelled images that adapt on embeddings, the check that each breaks, and what they are told to fix. */
export const brokenEncoders: readonly Broken[] = [
  [
    "training-memory",
    "a tensor kept of every batch of labelled images",
    encoderFixture(({ learner }) => ({
      train(batch) {
        tf.keep(tf.clone(batch.labels));
        return learner.train(batch);
      },
    })),
    /Two updates left 2 tensors behind/,
  ],
  [
    "answering-memory",
    "a tensor kept of every encoding",
    encoderFixture(({ learner }) => ({ encode: (images) => tf.keep(learner.encode(images)) })),
    /Two test tasks left 4 tensors behind; take out tf\.keep\(\) and variables made in adapt\(\), encode\(\)/,
  ],
  [
    "finite",
    "embeddings divided by themselves",
    encoderFixture(({ learner }) => ({
      encode(images) {
        const embeddings = tf.relu(learner.encode(images));
        return tf.div(embeddings, embeddings);
      },
    })),
    /Logits are not finite/,
  ],
  [
    "meta-parameters",
    "running statistics gathered while encoding",
    encoderFixture(({ kernel, learner }) => ({
      encode(images) {
        const embeddings = learner.encode(images);
        kernel.assign(tf.add(tf.mul(kernel, 0.9), tf.mul(tf.mean(embeddings), 0.1)));
        return embeddings;
      },
    })),
    /Variable "kernel" is another after a test task.* gather running statistics in train\(\) only/,
  ],
  [
    "checkpoint",
    "an encoder that goes by the number of updates in the closure",
    encoderFixture(({ learner }) => {
      let updates = 0;
      return {
        train(batch) {
          updates += 1;
          return learner.train(batch);
        },
        encode: (images) => tf.mul(learner.encode(images), 1 + updates),
      };
    }),
    /predicts otherwise \(step 0\) than the one that was saved/,
  ],
  [
    "label-order",
    "labels taken for positions",
    encoderFixture(({ logits }) => ({
      *adapt(support) {
        const lean = tf.mul(tf.range(0, support.ways), 3);
        yield { predict: (embeddings) => tf.add(logits(support, embeddings), lean) as tf.Tensor2D };
      },
    })),
    /Label [04] gets a mean probability of/,
  ],
  [
    "queries-apart",
    "embeddings centred over their batch",
    encoderFixture(({ learner }) => ({
      encode(images) {
        const embeddings = learner.encode(images);
        return tf.sub(embeddings, tf.mean(embeddings, 0));
      },
    })),
    /change with the queries beside it/,
  ],
  [
    "queries-apart",
    "embeddings that hold the mean of their batch, unused so far",
    encoderFixture(({ learner, logits }) => {
      const [own, all] = [8, 16];
      const first = (embeddings: tf.Tensor) => tf.slice(embeddings, [0, 0], [-1, own]);
      return {
        encode(images) {
          const embeddings = learner.encode(images);
          const beside = tf.add(tf.zerosLike(embeddings), tf.mean(embeddings, 0));
          return tf.reshape(tf.concat([embeddings, beside], 1), [-1, all]);
        },
        *adapt(support) {
          const inputs = first(support.inputs);
          yield { predict: (embeddings) => logits({ ...support, inputs }, first(embeddings)) };
        },
      };
    }),
    /Embeddings of an image change with the images beside it; encode\(\)/,
  ],
];
