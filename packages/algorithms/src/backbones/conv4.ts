import { reshape, type Tensor2D, type Tensor4D } from "@tensorflow/tfjs-core";
import { defineBackbone, MetabenchError, type Backbone } from "@metabench/core";
import { z } from "zod";
import { convBlock, type ChannelStatistics, type ConvBlockWeights } from "../nn/index.ts";

/** Weights of the four blocks. */
export type Conv4Weights = { readonly blocks: readonly ConvBlockWeights[] };

const depth = 4;

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
    /** Channels of each block. */
    width: z.int().positive().default(64),
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
      apply({ blocks }, inputs, given) {
        const own = given as readonly ChannelStatistics[] | undefined;
        const statistics: ChannelStatistics[] = [];
        let maps = inputs as Tensor4D;
        for (const [index, block] of blocks.entries()) {
          const normalised = convBlock.apply(block, maps, own?.[index]);
          maps = normalised.output;
          statistics.push(normalised.statistics);
        }
        return { embedding: reshape(maps, [-1, features]) as Tensor2D, statistics };
      },
    };
  },
});
