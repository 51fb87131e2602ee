import { expandDims, matMul, mean, mul, neg, reshape, square, sub, sum } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Predictor, SupportSet } from "@metabench/core";
import { unitLength } from "../../nn/index.ts";

const asVectors = (x: Tensor): Tensor2D =>
  reshape<Tensor2D["rankType"]>(x, [x.shape[0] ?? 0, -1]) as Tensor2D;

const classMeans = ({ inputs, ways, shots }: SupportSet<Tensor>): Tensor2D =>
  mean<Tensor2D>(reshape(inputs, [ways, shots, -1]), 1);

/**
 * Nearest class mean: logits `−‖x − c‖²` with c the mean of a class's support, `[n, …]` → `[n, ways]`.
 *
 * Snell, Swersky, Zemel 2017, equations 1 and 2. https://arxiv.org/abs/1703.05175
 */
export function nearestMean(support: SupportSet<Tensor>): Predictor<Tensor> {
  const means = classMeans(support);
  // The two-sided expansion of the square would lose digits in float32 where distances are small.
  return {
    predict: (queries) => neg(sum<Tensor2D>(square(sub(expandDims(asVectors(queries), 1), means)), 2)),
  };
}

/** The class mean of the smallest angle: logits `scale · xᵀc / (‖x‖ ‖c‖)` with c as in {@link nearestMean}, `[n, …]` → `[n, ways]`. */
export function nearestMeanByAngle(support: SupportSet<Tensor>, scale: number): Predictor<Tensor> {
  const directions = unitLength(classMeans(support));
  return {
    predict: (queries) =>
      mul(matMul<Tensor2D>(unitLength(asVectors(queries)), directions, false, true), scale),
  };
}
