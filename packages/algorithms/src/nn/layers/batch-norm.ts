import { add, mean, mul, ones, rsqrt, square, sub, zeros } from "@tensorflow/tfjs-core";
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { hasKernel } from "../engine.ts";
import { channelAffine } from "../fused/channel-affine.ts";
import { trainingBatchNorm } from "../fused/training-batch-norm.ts";

/** Scale γ and offset β, `[channels]` each. */
export type BatchNormWeights = { readonly scale: Tensor1D; readonly offset: Tensor1D };

/** Mean and biased variance of each channel, `[channels]` each. */
export type ChannelStatistics = { readonly mean: Tensor1D; readonly variance: Tensor1D };

/** A layer's output and the statistics that normalised it. */
export interface Normalised {
  /** `[n, height, width, channels]`. */
  readonly output: Tensor4D;
  /** The given statistics, or the batch's own. */
  readonly statistics: ChannelStatistics;
}

/** A factor, and a term that is added afterwards, `[channels]` each. */
export type ChannelAffinity = { readonly gain: Tensor1D; readonly shift: Tensor1D };

const epsilon = 1e-5;

const gainOf = (scale: Tensor1D, { variance }: ChannelStatistics): Tensor1D =>
  mul(scale, rsqrt(add(variance, epsilon)));

/** Mean and biased variance over images and positions, differentiable twice. */
export function moments(x: Tensor4D): ChannelStatistics {
  const centre = mean<Tensor1D>(x, [0, 1, 2]);
  return { mean: centre, variance: mean<Tensor1D>(square(sub(x, centre)), [0, 1, 2]) };
}

/** Batch normalisation over images and positions, channel by channel, ε = 1e-5. Ioffe, Szegedy 2015. https://arxiv.org/abs/1502.03167 */
export const batchNorm = {
  /** Starts with γ = 1 and β = 0. */
  initialise(channels: number): BatchNormWeights {
    return { scale: ones([channels]), offset: zeros([channels]) };
  },

  /**
   * `γ (x − mean) / √(variance + ε) + β` with the given statistics or, without any, the batch's own. The returned statistics are those
   * used; the batch's own are differentiable functions of `x`, given ones are differentiated in turn, so one set's statistics can
   * normalise another with the gradient flowing through.
   */
  apply(weights: BatchNormWeights, x: Tensor4D, statistics?: ChannelStatistics): Normalised {
    const { scale, offset } = weights;
    if (statistics === undefined && hasKernel("FusedTrainingBatchNorm")) {
      const [output, mean, variance] = trainingBatchNorm(x, scale, offset, epsilon);
      return { output, statistics: { mean, variance } };
    }
    const used = statistics ?? moments(x);
    return { output: channelAffine(x, used.mean, gainOf(scale, used), offset), statistics: used };
  },

  /** What normalisation with given statistics does to a value of each channel: `gain · value + shift`. */
  affine({ scale, offset }: BatchNormWeights, statistics: ChannelStatistics): ChannelAffinity {
    const gain = gainOf(scale, statistics);
    return { gain, shift: sub(offset, mul(gain, statistics.mean)) };
  },
};
