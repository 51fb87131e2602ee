import { mean, type Tensor2D, type Tensor4D } from "@tensorflow/tfjs-core";
import { defineBackbone, MetabenchError, type Backbone, type Weights } from "@metabench/core";
import { z } from "zod";
import { residualBlock, type ResidualBlockStatistics, type ResidualBlockWeights } from "./residual-block.ts";

/** Weights of the four blocks. */
type ResNet12Weights = { readonly blocks: readonly ResidualBlockWeights[] };

/** Channels of the blocks, in units of the first one's. */
const multiples = [1, 2, 4, 8] as const;
const shrinkage = 2 ** multiples.length;

/** Blocks that pool where feature maps are wanted. */
const poolingBeforeMaps = multiples.length / 2;

/** The last block's maps `[n, height, width, 8 · width]` and every block's statistics. The first `pooled` blocks pool. */
function blockByBlock(
  { blocks }: ResNet12Weights,
  inputs: Tensor4D,
  given: Weights | undefined,
  pooled: number = multiples.length,
): { maps: Tensor4D; statistics: readonly ResidualBlockStatistics[] } {
  const own = given as readonly ResidualBlockStatistics[] | undefined;
  const statistics: ResidualBlockStatistics[] = [];
  let maps = inputs;
  for (const [index, block] of blocks.entries()) {
    const passed = residualBlock.apply(block, maps, { pools: index < pooled, statistics: own?.[index] });
    maps = passed.output;
    statistics.push(passed.statistics);
  }
  return { maps, statistics };
}

/**
 * ResNet-12: four residual blocks of three 3×3 convolutions, then the mean over positions.
 *
 * Lee, Maji, Ravichandran, Soatto 2019 (MetaOptNet), section 4.1, https://arxiv.org/abs/1904.03758, with the widths 64, 128, 256, 512 of Oreshkin,
 * Rodríguez López, Lacoste 2018 (TADAM), https://arxiv.org/abs/1805.10123. Neither DropBlock nor dropout: what they do for a method is
 * another method.
 */
export default defineBackbone({
  id: "resnet-12",
  version: "1.0.0",
  title: "ResNet-12",
  summary: "Four residual blocks of three 3×3 convolutions, pooled to one vector; without DropBlock.",
  reference: {
    title: "Meta-Learning with Differentiable Convex Optimization",
    authors: ["Kwonjoon Lee", "Subhransu Maji", "Avinash Ravichandran", "Stefano Soatto"],
    year: 2019,
    url: "https://arxiv.org/abs/1904.03758",
  },
  options: z.strictObject({
    width: z
      .int()
      .positive()
      .default(64)
      .describe("Channels of the first block; the next blocks have two, four and eight times as many."),
  }),
  create({ inputShape }, { width }): Backbone<ResNet12Weights> {
    const [rows = 0, columns = 0, channels = 0] = inputShape;
    if (inputShape.length !== 3 || rows < shrinkage || columns < shrinkage)
      throw new MetabenchError(
        "invalid-protocol",
        `ResNet-12 takes images of at least 16×16 pixels, not inputs of shape [${inputShape.join(", ")}]; give the protocol another backbone.`,
      );
    const widths = multiples.map((multiple) => multiple * width);
    const features = widths.at(-1) ?? width;
    const side = (length: number) => Math.floor(length / 2 ** poolingBeforeMaps);
    return {
      features,
      initialise: (random) => ({
        blocks: widths.map((outputs, block) =>
          residualBlock.initialise(
            random.fork(`block${String(block)}`),
            widths[block - 1] ?? channels,
            outputs,
          ),
        ),
      }),
      apply(weights, inputs, given) {
        const { maps, statistics } = blockByBlock(weights, inputs as Tensor4D, given);
        return { embedding: mean<Tensor2D>(maps, [1, 2]), statistics };
      },
      maps: {
        shape: [side(rows), side(columns), features],
        apply(weights, inputs, given) {
          const { maps, statistics } = blockByBlock(weights, inputs as Tensor4D, given, poolingBeforeMaps);
          return { embedding: maps, statistics };
        },
      },
    };
  },
});
