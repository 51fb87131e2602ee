import { add, matMul } from "@tensorflow/tfjs-core";
import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { fanInUniform } from "../initialisers.ts";
import type { UniformSource } from "../initialisers.ts";

/** Kernel `[inputs, outputs]`, bias `[outputs]`. */
export type LinearWeights = { readonly kernel: Tensor2D; readonly bias: Tensor1D };

/** A fully connected layer. */
export const linear = {
  /** Draws the kernel, then the bias, both from U(±1/√inputs). */
  initialise(random: UniformSource, inputs: number, outputs: number): LinearWeights {
    return {
      kernel: fanInUniform<Tensor2D>(random, [inputs, outputs], inputs),
      bias: fanInUniform<Tensor1D>(random, [outputs], inputs),
    };
  },

  /** `x · kernel + bias`: `[n, inputs]` → `[n, outputs]`. */
  apply(weights: LinearWeights, x: Tensor2D): Tensor2D {
    return add(matMul(x, weights.kernel), weights.bias);
  },
};
