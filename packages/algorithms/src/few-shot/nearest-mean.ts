import { expandDims, mean, neg, reshape, square, sub, sum } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Predictor, SupportSet } from "@metabench/core";

const asVectors = (x: Tensor): Tensor2D =>
  reshape<Tensor2D["rankType"]>(x, [x.shape[0] ?? 0, -1]) as Tensor2D;

/**
 * Nearest class mean: logits `−‖x − c‖²` with c the mean of a class's support, `[n, …]` → `[n, ways]`.
 *
 * Snell, Swersky, Zemel 2017, equations 1 and 2. https://arxiv.org/abs/1703.05175
 */
export function nearestMean({ inputs, ways, shots }: SupportSet<Tensor>): Predictor<Tensor> {
  const means = mean<Tensor2D>(reshape(inputs, [ways, shots, -1]), 1);
  // The two-sided expansion of the square would lose digits in float32 where distances are small.
  return {
    predict: (queries) => neg(sum<Tensor2D>(square(sub(expandDims(asVectors(queries), 1), means)), 2)),
  };
}
