import type { Random } from "@metabench/core";
import { add, cast, equal, type Tensor1D, type Tensor4D } from "@tensorflow/tfjs-core";
import {
  batchNorm,
  convolution,
  fanInUniform,
  leakyRelu,
  maxPool,
  type BatchNormWeights,
  type ChannelStatistics,
} from "../nn/index.ts";

/** A convolution without bias and the normalisation of its outputs. */
type NormalisedConvolution = { readonly kernel: Tensor4D; readonly norm: BatchNormWeights };

/** Three 3×3 convolutions and the 1×1 projection past them. */
export type ResidualBlockWeights = {
  readonly convolutions: readonly NormalisedConvolution[];
  readonly shortcut: NormalisedConvolution;
};

/** The statistics of each normalisation of a block. */
export type ResidualBlockStatistics = {
  readonly convolutions: readonly ChannelStatistics[];
  readonly shortcut: ChannelStatistics;
};

/** Leaky ReLU's slope below 0. */
const slope = 0.1;

function initialised(random: Random, size: number, inputs: number, outputs: number): NormalisedConvolution {
  const kernel = fanInUniform<Tensor4D>(random, [size, size, inputs, outputs], size * size * inputs);
  return { kernel, norm: batchNorm.initialise(outputs) };
}

function normalised({ kernel, norm }: NormalisedConvolution, x: Tensor4D, given?: ChannelStatistics) {
  const { output, statistics } = batchNorm.apply(norm, convolution.applyKernel(kernel, x), given);
  const { mean, variance } = statistics;
  // A channel that never varied, as on a blank image, tells no scale: another set's values then stay as they are, and do not overflow.
  const unvaried = cast(equal(variance, 0), "float32");
  return { output, statistics: { mean, variance: add<Tensor1D>(variance, unvaried) } };
}

/** Three convolutions with batch normalisation and leaky ReLU between them, what a 1×1 projection makes of the input added, leaky ReLU, 2×2 pooling. */
export const residualBlock = {
  /** Kernels by streams of their own; γ = 1, β = 0. */
  initialise(random: Random, inputs: number, outputs: number): ResidualBlockWeights {
    return {
      convolutions: [inputs, outputs, outputs].map((from, at) =>
        initialised(random.fork(`convolution${String(at)}`), 3, from, outputs),
      ),
      shortcut: initialised(random.fork("shortcut"), 1, inputs, outputs),
    };
  },

  /** `[n, h, w, inputs]` → `[n, ⌊h/2⌋, ⌊w/2⌋, outputs]`, or of the same height and width where it does not pool. */
  apply(
    { convolutions, shortcut }: ResidualBlockWeights,
    x: Tensor4D,
    {
      pools,
      statistics: given,
    }: { readonly pools: boolean; readonly statistics: ResidualBlockStatistics | undefined },
  ): { readonly output: Tensor4D; readonly statistics: ResidualBlockStatistics } {
    const own: ChannelStatistics[] = [];
    let path = x;
    for (const [at, layer] of convolutions.entries()) {
      const { output, statistics } = normalised(
        layer,
        at === 0 ? path : leakyRelu(path, slope),
        given?.convolutions[at],
      );
      path = output;
      own.push(statistics);
    }
    const past = normalised(shortcut, x, given?.shortcut);
    const sum = add<Tensor4D>(path, past.output);
    // Leaky ReLU rises everywhere, so pooling before it gives the same values on a quarter of the places.
    const output = leakyRelu(pools ? maxPool(sum) : sum, slope);
    return { output, statistics: { convolutions: own, shortcut: past.statistics } };
  },
};
