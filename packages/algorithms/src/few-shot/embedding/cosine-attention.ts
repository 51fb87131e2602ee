import { logSoftmax, logSumExp, matMul, mul, reshape, softmax } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { SupportSet } from "@metabench/core";
import { unitLength } from "../../nn/index.ts";

const cosines = (queries: Tensor2D, inputs: Tensor): Tensor2D =>
  matMul(unitLength(queries), unitLength(inputs as Tensor2D), false, true);

/**
 * Log-probabilities of each class, ln Σᵢ a(x̂, xᵢ) yᵢ with a the softmax of cosine similarities times `scale`: queries `[n, features]` →
 * `[n, ways]`.
 *
 * Vinyals et al. 2016, equation 1 and section 2.1.1. https://arxiv.org/abs/1606.04080
 */
export function cosineAttention(
  { inputs, ways, shots }: SupportSet<Tensor>,
  queries: Tensor2D,
  scale: number,
): Tensor2D {
  // A sum of exponentials by class: probabilities too small for float32 keep their order.
  const attention = reshape(logSoftmax(mul(cosines(queries, inputs), scale)), [-1, ways, shots]);
  return logSumExp<Tensor2D>(attention, 2);
}

/** The attention a itself: how much each query `[n, features]` attends to each support image, `[n, ways · shots]`. */
export function cosineAttentionWeights(
  { inputs }: SupportSet<Tensor>,
  queries: Tensor2D,
  scale: number,
): Tensor2D {
  return softmax(mul(cosines(queries, inputs), scale));
}
