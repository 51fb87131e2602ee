import { add, expandDims, matMul } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/** A dense layer's weights, plain (`[inputs, outputs]` and `[outputs]`) or one per task (`[tasks, inputs, outputs]` and `[tasks, outputs]`). */
export type StackedLinearWeights = { readonly kernel: Tensor; readonly bias: Tensor };

/** `x · kernel + bias`: `[n, inputs]` → `[n, outputs]`, or each task's with its own weights, `[tasks, n, inputs]` → `[tasks, n, outputs]`. */
export function stackedLinear({ kernel, bias }: StackedLinearWeights, x: Tensor): Tensor {
  return add(matMul(x, kernel), expandDims(bias, -2));
}
