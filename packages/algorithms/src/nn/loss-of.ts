import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Target } from "@metabench/core";
import { crossEntropy, meanSquaredError } from "./losses.ts";

/** The loss of predictions `[n, outputs]` for each kind of target: int32 classes `[n]`, or float32 numbers `[n, outputs]`. */
export const lossOf: Readonly<Record<Target, (predictions: Tensor2D, targets: Tensor) => Scalar>> = {
  class: (logits, labels) => crossEntropy(logits, labels as Tensor1D),
  values: (predictions, targets) => meanSquaredError(predictions, targets),
};
