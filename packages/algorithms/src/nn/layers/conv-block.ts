import { add, mul } from "@tensorflow/tfjs-core";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { UniformSource } from "../initialisers.ts";
import { batchNorm } from "./batch-norm.ts";
import type { BatchNormWeights, ChannelStatistics, Normalised } from "./batch-norm.ts";
import { convolution } from "./convolution.ts";
import type { ConvolutionWeights } from "./convolution.ts";
import { maxPool } from "./max-pool.ts";
import { relu } from "./relu.ts";

/** The weights of one block: of its convolution and of its normalisation. */
export type ConvBlockWeights = { readonly convolution: ConvolutionWeights; readonly norm: BatchNormWeights };

/**
 * Normalisation with given statistics is a shift and a factor a channel: the convolution that does it as it goes, so that the largest tensor
 * is passed over once less.
 */
function folded({ convolution, norm }: ConvBlockWeights, statistics: ChannelStatistics): ConvolutionWeights {
  const { gain, shift } = batchNorm.affine(norm, statistics);
  return { kernel: mul(convolution.kernel, gain), bias: add(mul(convolution.bias, gain), shift) };
}

/** 3×3 convolution with bias, batch normalisation, ReLU, 2×2 max pooling. Conv4, the usual network of few-shot learning, has four such blocks. */
export const convBlock = {
  /** Draws the convolution's kernel and bias from the stream. The normalisation starts with γ = 1 and β = 0. */
  initialise(random: UniformSource, inputs: number, outputs: number): ConvBlockWeights {
    return {
      convolution: convolution.initialise(random, 3, inputs, outputs),
      norm: batchNorm.initialise(outputs),
    };
  },

  /**
   * [n, h, w, inputs] → [n, ⌊h/2⌋, ⌊w/2⌋, outputs], and the statistics of the convolution's output (bias included) that normalised it.
   *
   * Pooling before ReLU gives the same values as after, and saves a pass over the largest tensor.
   *
   * With `groups`, that number of blocks side by side, each on its own part of the channels: all weights [..., groups · outputs].
   */
  apply(weights: ConvBlockWeights, x: Tensor4D, statistics?: ChannelStatistics, groups = 1): Normalised {
    if (statistics !== undefined) {
      const { kernel, bias } = folded(weights, statistics);
      const pooled = maxPool(convolution.applyKernel(kernel, x, { groups }));
      return { output: relu(add(pooled, bias)), statistics };
    }
    const { output, statistics: own } = convBlock.normalise(weights, x, undefined, groups);
    return { output: relu(maxPool(output)), statistics: own };
  },

  /**
   * The convolution and its normalisation alone: [n, h, w, inputs] → [n, h, w, outputs].
   *
   * A bias only shifts the mean that normalisation by the batch's own statistics takes away again, so it is added to that mean instead.
   */
  normalise(weights: ConvBlockWeights, x: Tensor4D, statistics?: ChannelStatistics, groups = 1): Normalised {
    if (statistics !== undefined)
      return { output: convolution.apply(folded(weights, statistics), x, { groups }), statistics };
    const { kernel, bias } = weights.convolution;
    const { output, statistics: own } = batchNorm.apply(
      weights.norm,
      convolution.applyKernel(kernel, x, { groups }),
    );
    return { output, statistics: { mean: add(own.mean, bias), variance: own.variance } };
  },
};
