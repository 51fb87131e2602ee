import { add, mul } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import type { LabelledSet } from "@metabench/core";

/**
 * The loss of inputs under their labels; of inputs that mixup made, λ · loss(labels) + (1 − λ) · loss(labels of the others).
 *
 * Zhang, Cissé, Dauphin, Lopez-Paz 2018, section 2, in the authors' form: for cross-entropy that is the loss of the mixed label.
 * https://arxiv.org/abs/1710.09412
 */
export function mixedLoss(
  { labels, mixed }: Pick<LabelledSet, "labels" | "mixed">,
  loss: (labels: Tensor1D) => Scalar,
): Scalar {
  if (mixed === undefined) return loss(labels);
  return add(mul<Scalar>(loss(labels), mixed.share), mul<Scalar>(loss(mixed.labels), 1 - mixed.share));
}
