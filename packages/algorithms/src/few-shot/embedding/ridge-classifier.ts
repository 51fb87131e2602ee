import { cast, exp, matMul, mul, oneHot } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Predictor, SupportSet } from "@metabench/core";
import { ridgeRegression } from "../../nn/index.ts";

/** R2D2's learned scalars: ln λ and ln α, so that both stay positive. */
export type RidgeWeights = {
  readonly logRidge: Scalar;
  readonly logScale: Scalar;
};

/**
 * Ridge regression of the support labels, one-hot, on their embeddings; logits α X W, `[n, features]` → `[n, ways]`.
 *
 * Bertinetto et al. 2019, section 3.2: labels are regressed as if they were numbers, then scaled for the cross-entropy.
 * (The paper also adds a scalar β to all logits; the softmax takes it away again.) https://arxiv.org/abs/1805.08136
 */
export function ridgeClassifier(
  { logRidge, logScale }: RidgeWeights,
  { inputs, labels, ways }: SupportSet<Tensor>,
): Predictor<Tensor> {
  const targets: Tensor2D = cast(oneHot(labels, ways) as Tensor2D, "float32");
  const regression = ridgeRegression(inputs as Tensor2D, targets, exp(logRidge));
  return {
    predict: (queries) => mul(matMul<Tensor2D>(queries as Tensor2D, regression), exp(logScale)),
  };
}
