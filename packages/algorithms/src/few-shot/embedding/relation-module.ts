import {
  add,
  expandDims,
  reshape,
  slice,
  squeeze,
  type Tensor2D,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import { MetabenchError, type Embedded, type ImageShape, type Random } from "@metabench/core";
import {
  batchNorm,
  convBlock,
  convolution,
  linear,
  maxPool,
  relu,
  type ChannelStatistics,
  type ConvBlockWeights,
  type LinearWeights,
} from "../../nn/index.ts";

/** Two convolutional blocks and two dense layers. */
export type RelationWeights = {
  readonly first: ConvBlockWeights;
  readonly second: ConvBlockWeights;
  readonly hidden: LinearWeights;
  readonly score: LinearWeights;
};

/** Statistics of the two blocks. */
type RelationStatistics = { readonly first: ChannelStatistics; readonly second: ChannelStatistics };

/** Compares the feature maps of queries with those of classes. */
export interface RelationModule {
  initialise(random: Random): RelationWeights;
  /** Queries `[n, height, width, channels]` and classes `[ways, …]` → scores before the sigmoid `[n, ways]`; statistics as a backbone's. */
  apply(
    weights: RelationWeights,
    queries: Tensor4D,
    classes: Tensor4D,
    given?: RelationStatistics,
  ): Embedded<Tensor2D> & { readonly statistics: RelationStatistics };
}

/**
 * The relation module g: two blocks of 3×3 convolution, batch normalisation, ReLU and 2×2 max pooling on a query's and a class's maps side
 * by side, a dense layer of `hidden` units with ReLU and one of a single unit.
 *
 * Sung et al. 2018, section 3.4 and figure 2. https://arxiv.org/abs/1711.06025
 *
 * @throws MetabenchError `invalid-protocol` for maps of less than 4×4 places
 */
export function relationModule([height, width, channels]: ImageShape, hidden: number): RelationModule {
  const [rows, columns] = [Math.floor(height / 4), Math.floor(width / 4)];
  if (rows < 1 || columns < 1)
    throw new MetabenchError(
      "invalid-protocol",
      `The relation module compares maps of at least 4×4 places, not ${String(height)}×${String(width)}; give it larger images or another backbone.`,
    );
  return {
    initialise: (random) => ({
      first: convBlock.initialise(random.fork("first"), 2 * channels, channels),
      second: convBlock.initialise(random.fork("second"), channels, channels),
      hidden: linear.initialise(random.fork("hidden"), rows * columns * channels, hidden),
      score: linear.initialise(random.fork("score"), hidden, 1),
    }),
    apply(weights, queries, classes, given) {
      const { kernel, bias } = weights.first.convolution;
      const half = (from: number, maps: Tensor4D): Tensor4D =>
        convolution.applyKernel(slice(kernel, [0, 0, from, 0], [-1, -1, channels, -1]), maps);
      // The convolution of maps side by side is the sum of their own: n + ways convolutions instead of n · ways.
      const asked = add(half(channels, queries), bias);
      const pairs = add(expandDims(asked, 1), expandDims(half(0, classes), 0));
      const flat = reshape<Tensor4D["rankType"]>(pairs, [-1, height, width, channels]) as Tensor4D;
      const first = batchNorm.apply(weights.first.norm, flat, given?.first);
      const second = convBlock.apply(weights.second, relu(maxPool(first.output)), given?.second);
      const vectors: Tensor2D = reshape(second.output, [-1, rows * columns * channels]);
      const scores = linear.apply(weights.score, relu(linear.apply(weights.hidden, vectors)));
      return {
        embedding: reshape(squeeze(scores, [1]), [queries.shape[0], classes.shape[0]]),
        statistics: { first: first.statistics, second: second.statistics },
      };
    },
  };
}
