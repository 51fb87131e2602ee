import { add, sub } from "@tensorflow/tfjs-core";
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import type { UniformSource } from "../initialisers.ts";
import { batchNorm } from "./batch-norm.ts";
import type { BatchNormWeights, ChannelStatistics, Normalised } from "./batch-norm.ts";
import { convolution } from "./convolution.ts";
import type { ConvolutionWeights } from "./convolution.ts";
import { maxPool } from "./max-pool.ts";
import { relu } from "./relu.ts";

/** kernel, bias, scale, offset of one block. */
export type ConvBlockWeights = { readonly convolution: ConvolutionWeights; readonly norm: BatchNormWeights };

/** 3×3 convolution with bias, batch normalisation, ReLU, 2×2 max pooling: the block that few-shot learning's Conv4 has four of. */
export const convBlock = {
  /** The convolution's kernel and bias from the stream; γ = 1, β = 0. */
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
   * With `groups`, so many blocks side by side, each on its own share of the channels: all weights [..., groups · outputs].
   */
  apply(weights: ConvBlockWeights, x: Tensor4D, statistics?: ChannelStatistics, groups = 1): Normalised {
    const { output, statistics: used } = convBlock.normalise(weights, x, statistics, groups);
    return { output: relu(maxPool(output)), statistics: used };
  },

  /**
   * The convolution and its normalisation alone: [n, h, w, inputs] → [n, h, w, outputs].
   *
   * A bias only shifts the mean that normalisation takes away again, so it is added to the mean instead.
   */
  normalise(weights: ConvBlockWeights, x: Tensor4D, statistics?: ChannelStatistics, groups = 1): Normalised {
    const { kernel, bias } = weights.convolution;
    const given = statistics && { mean: sub<Tensor1D>(statistics.mean, bias), variance: statistics.variance };
    const { output, statistics: used } = batchNorm.apply(
      weights.norm,
      convolution.applyKernel(kernel, x, { groups }),
      given,
    );
    return {
      output,
      statistics: statistics ?? { mean: add(used.mean, bias), variance: used.variance },
    };
  },
};
