import { add, conv2d } from "@tensorflow/tfjs-core";
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { groupedConvolution } from "../fused/grouped-convolution.ts";
import { fanInUniform } from "../initialisers.ts";
import type { UniformSource } from "../initialisers.ts";

/** Kernel `[size, size, inputs, outputs]`, bias `[outputs]`. */
export type ConvolutionWeights = { readonly kernel: Tensor4D; readonly bias: Tensor1D };

/** Strides, padding and groups of a convolution. */
export interface ConvolutionOptions {
  /** Pixels between two positions of the kernel. Default 1. */
  readonly stride?: number;
  /** `"same"` adds zeros at the edges, so that stride 1 keeps height and width; `"valid"` adds none. Default `"same"`. */
  readonly padding?: "same" | "valid";
  /** Several convolutions side by side, each from its own share of the inputs to its own share of the outputs. Default 1. */
  readonly groups?: number;
}

/** A two-dimensional convolution (a cross-correlation, as everywhere in the field). */
export const convolution = {
  /** Draws the kernel, then the bias, both from U(±1/√fanIn) with fanIn = size² · inputs. */
  initialise(random: UniformSource, size: number, inputs: number, outputs: number): ConvolutionWeights {
    const fanIn = size * size * inputs;
    return {
      kernel: fanInUniform<Tensor4D>(random, [size, size, inputs, outputs], fanIn),
      bias: fanInUniform<Tensor1D>(random, [outputs], fanIn),
    };
  },

  /** `[n, height, width, inputs]` → `[n, height′, width′, outputs]`. */
  apply(weights: ConvolutionWeights, x: Tensor4D, options: ConvolutionOptions = {}): Tensor4D {
    return add(convolution.applyKernel(weights.kernel, x, options), weights.bias);
  },

  /** `apply` without the bias. With `groups`, the kernel is `[size, size, inputs / groups, outputs]`. */
  applyKernel(
    kernel: Tensor4D,
    x: Tensor4D,
    { stride = 1, padding = "same", groups = 1 }: ConvolutionOptions = {},
  ): Tensor4D {
    return groups === 1
      ? conv2d(x, kernel, stride, padding)
      : groupedConvolution(x, kernel, { groups, strides: stride, pad: padding });
  },
};
