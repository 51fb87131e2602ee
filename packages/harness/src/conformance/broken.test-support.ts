import type { AnyAlgorithm, SupportSet } from "@metabench/core";
import type * as tf from "@tensorflow/tfjs-core";
import type { Parts, Sound } from "./sound.test-support.ts";

/** A learner, the check that it breaks, and what it is told to fix. */
export type Broken = readonly [check: string, fault: string, AnyAlgorithm, message: RegExp];

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
