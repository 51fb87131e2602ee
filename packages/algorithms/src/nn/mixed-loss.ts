import { add, mul } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-core";

/**
 * The loss of a set under its labels. With mixup it is λ · loss(labels) + (1 − λ) · loss(mixed.labels). Pass a support or query set, or an
 * object `{ labels, mixed }`.
 *
 * Zhang, Cissé, Dauphin, Lopez-Paz 2018, section 2, in the authors' form: for cross-entropy that is the loss of the mixed label.
 * https://arxiv.org/abs/1710.09412
 */
export function mixedLoss<L extends Tensor = Tensor1D>(
  { labels, mixed }: { readonly labels: L; readonly mixed?: { readonly labels: L; readonly share: number } },
  loss: (labels: L) => Scalar,
): Scalar {
  if (mixed === undefined) return loss(labels);
  return add(mul<Scalar>(loss(labels), mixed.share), mul<Scalar>(loss(mixed.labels), 1 - mixed.share));
}
