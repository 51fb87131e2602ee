import { concat, reshape, transpose, type Tensor4D } from "@tensorflow/tfjs-core";
import { defineBackbone, MetabenchError, type Backbone, type Weights } from "@metabench/core";
import { z } from "zod";
import {
  convBlock,
  joinTrees,
  map,
  relu,
  type ChannelStatistics,
  type ConvBlockWeights,
} from "../nn/index.ts";

/** Weights of the four blocks. */
export type Conv4Weights = { readonly blocks: readonly ConvBlockWeights[] };

const depth = 4;

/** Blocks that pool where feature maps are wanted. */
const poolingBeforeMaps = depth / 2;

/** The last block's maps `[n, height, width, tasks · width]` and every block's statistics. The first `pooled` blocks pool. */
function blockByBlock(
  { blocks }: Conv4Weights,
  inputs: Tensor4D,
  given: Weights | undefined,
  tasks: number,
  pooled = depth,
): { maps: Tensor4D; statistics: readonly ChannelStatistics[] } {
  const own = given as readonly ChannelStatistics[] | undefined;
  const statistics: ChannelStatistics[] = [];
  let maps = inputs;
  for (const [index, block] of blocks.entries()) {
    const pools = index < pooled;
    const normalised = convBlock[pools ? "apply" : "normalise"](block, maps, own?.[index], tasks);
    maps = pools ? normalised.output : relu(normalised.output);
    statistics.push(normalised.statistics);
  }
  return { maps, statistics };
}

/**
 * Four blocks of 3×3 convolution, batch normalisation, ReLU and 2×2 max pooling, flattened: few-shot learning's usual backbone.
 *
 * Vinyals et al. 2016, section 4.1. https://arxiv.org/abs/1606.04080
 */
export default defineBackbone({
  id: "conv4",
  version: "1.0.0",
  title: "Conv4",
  summary: "Four blocks of 3×3 convolution, batch normalisation, ReLU and 2×2 max pooling.",
  reference: {
    title: "Matching Networks for One Shot Learning",
    authors: ["Oriol Vinyals", "Charles Blundell", "Timothy Lillicrap", "Koray Kavukcuoglu", "Daan Wierstra"],
    year: 2016,
    url: "https://arxiv.org/abs/1606.04080",
  },
  options: z.strictObject({
    width: z.int().positive().default(64).describe("Channels of each block."),
  }),
  create({ inputShape }, { width }): Backbone<Conv4Weights> {
    const [rows = 0, columns = 0, channels = 0] = inputShape;
    const [height, length] = [Math.floor(rows / 2 ** depth), Math.floor(columns / 2 ** depth)];
    if (inputShape.length !== 3 || height < 1 || length < 1)
      throw new MetabenchError(
        "invalid-protocol",
        `Conv4 takes images of at least 16×16 pixels, not inputs of shape [${inputShape.join(", ")}]; give the protocol another backbone.`,
      );
    const features = height * length * width;
    return {
      features,
      initialise: (random) => ({
        blocks: Array.from({ length: depth }, (_, block) =>
          convBlock.initialise(random.fork(`block${String(block)}`), block === 0 ? channels : width, width),
        ),
      }),
      apply(weights, inputs, given) {
        const { maps, statistics } = blockByBlock(weights, inputs as Tensor4D, given, 1);
        return { embedding: reshape(maps, [-1, features]), statistics };
      },
      // Sung et al. 2018, figure 2: the last two blocks do not pool.
      maps: {
        shape: [
          Math.floor(rows / 2 ** poolingBeforeMaps),
          Math.floor(columns / 2 ** poolingBeforeMaps),
          width,
        ],
        apply(weights, inputs, given) {
          const { maps, statistics } = blockByBlock(weights, inputs as Tensor4D, given, 1, poolingBeforeMaps);
          return { embedding: maps, statistics };
        },
      },
      // Channels of all tasks side by side: convolutions in groups, and everything else works a channel anyway.
      stacked: {
        repeat: (weights, tasks) =>
          map(weights, (leaf) =>
            concat(
              Array.from({ length: tasks }, () => leaf),
              -1,
            ),
          ),
        join: (weights) => joinTrees(weights, (leaves) => concat([...leaves], -1)),
        apply(weights, inputs, given) {
          const [tasks = 1, images = 0] = inputs.shape;
          const { maps, statistics } = blockByBlock(
            weights as Conv4Weights,
            reshape(transpose(inputs, [1, 2, 3, 0, 4]), [images, rows, columns, tasks * channels]),
            given,
            tasks,
          );
          const apart = reshape(maps, [images, height * length, tasks, width]);
          return {
            embedding: reshape(transpose(apart, [2, 0, 1, 3]), [tasks, images, features]),
            statistics,
          };
        },
      },
    };
  },
});
