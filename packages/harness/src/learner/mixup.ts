import {
  MetabenchError,
  symmetricBeta,
  type LabelledSet,
  type MultiTaskBatch,
  type Random,
} from "@metabench/core";
import { add, gather, mul, tensor1d, type Tensor } from "@tensorflow/tfjs-core";

/** Mixes the images of an update in pairs. */
export interface Mixup {
  /** The λ of an update. */
  draw(): number;
  /** Each image with another of the set, in random order; the labels of the others beside their own. */
  set(set: LabelledSet, share: number): LabelledSet;
  /** The same for a batch with labels of several tasks. */
  batch(batch: MultiTaskBatch, share: number): MultiTaskBatch;
  /** @throws MetabenchError `invalid-options` where nobody asked for the others' labels: the learner knows nothing of mixup */
  assertHeeded(): void;
}

/**
 * Mixup of weight λ ~ Beta(α, α), one λ an update. Zhang, Cissé, Dauphin, Lopez-Paz 2018, equation 1. https://arxiv.org/abs/1710.09412
 *
 * @param random belongs to the mixup from here on
 */
export function mixup(alpha: number, random: Random): Mixup {
  let heeded = false;
  const mix = <X extends Tensor>(inputs: X, share: number) => {
    const others = tensor1d(Int32Array.from(random.permutation(inputs.shape[0] ?? 0)), "int32");
    const mixed = add<X>(mul(inputs, share), mul(gather(inputs, others), 1 - share));
    return { mixed, ofOthers: <T extends Tensor>(labels: T): T => gather(labels, others) };
  };
  return {
    draw: () => symmetricBeta(alpha, random),
    set({ inputs, labels }, share) {
      const { mixed, ofOthers } = mix(inputs, share);
      return {
        inputs: mixed,
        labels,
        get mixed() {
          heeded = true;
          return { labels: ofOthers(labels), share };
        },
      };
    },
    batch({ inputs, targets, rows }, share) {
      if (rows)
        throw new MetabenchError(
          "invalid-options",
          "Mixup mixes examples that have targets of the same tasks, and the tasks of this data set have examples of their own. Leave --training mixup out.",
        );
      const { mixed, ofOthers } = mix(inputs, share);
      return {
        inputs: mixed,
        targets,
        get mixed() {
          heeded = true;
          const entries = Object.entries(targets).map(([task, labels]) => [task, ofOthers(labels)] as const);
          return { targets: Object.fromEntries(entries), share };
        },
      };
    },
    assertHeeded() {
      if (heeded) return;
      throw new MetabenchError(
        "invalid-options",
        "The algorithm never computes the loss of mixed images, so mixup has no effect on it. Leave --training mixup out for this algorithm, or compute the loss with mixedLoss of @metabench/algorithms/nn.",
      );
    },
  };
}
