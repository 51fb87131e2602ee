import { cast, logSoftmax, mean, mul, neg, oneHot, squaredDifference, sum } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { sparseCrossEntropy } from "./fused/cross-entropy.ts";
import { hasKernel } from "./engine.ts";

/**
 * Mean cross-entropy of integer labels, in nats. It can be differentiated twice, which `tf.losses.softmaxCrossEntropy` cannot.
 *
 * @param logits `[n, classes]`
 * @param labels `[n]`, int32, each from 0 to classes − 1
 */
export function crossEntropy(logits: Tensor2D, labels: Tensor1D): Scalar {
  if (hasKernel("SparseSoftmaxCrossEntropy")) return mean<Scalar>(sparseCrossEntropy(logits, labels));
  const [count, classes] = logits.shape;
  // WebAssembly's one-hot of type float32 holds the bits of integers, so the conversion is explicit.
  const chosen = mul(logSoftmax(logits), cast(oneHot(labels, classes), "float32"));
  return mul(neg(sum(chosen)), 1 / count);
}

/** Mean of the squared differences over all entries. Shapes must be equal. */
export function meanSquaredError(predictions: Tensor, targets: Tensor): Scalar {
  return mean<Scalar>(squaredDifference(predictions, targets));
}
