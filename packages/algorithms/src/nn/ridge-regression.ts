import { add, eye, matMul, mul } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor2D } from "@tensorflow/tfjs-core";
import { positiveDefiniteInverse } from "./positive-definite-inverse.ts";

/**
 * Ridge regression: the W that minimises ‖X W − Y‖² + λ ‖W‖², differentiable twice in all three.
 *
 * In Woodbury's form, W = Xᵀ (X Xᵀ + λ I)⁻¹ Y, the matrix to invert has the size of the examples and not of the features. Bertinetto et al.
 * 2019, section 3.2. https://arxiv.org/abs/1805.08136
 *
 * @param inputs X, `[n, features]`
 * @param targets Y, `[n, outputs]`
 * @param ridge λ > 0
 * @returns W, `[features, outputs]`
 * @throws MetabenchError `not-finite` where the inputs are not finite
 */
export function ridgeRegression(inputs: Tensor2D, targets: Tensor2D, ridge: Scalar): Tensor2D {
  const [n] = inputs.shape;
  const gram = add<Tensor2D>(matMul(inputs, inputs, false, true), mul(eye(n), ridge));
  return matMul(inputs, matMul(positiveDefiniteInverse(gram), targets), true);
}
