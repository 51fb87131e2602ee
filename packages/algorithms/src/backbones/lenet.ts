import { reshape } from "@tensorflow/tfjs-core";
import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { defineBackbone, MetabenchError, type Backbone } from "@metabench/core";
import { z } from "zod";
import { linear, pooledConvolution, relu, type ConvolutionWeights, type LinearWeights } from "../nn/index.ts";

type LeNetWeights = {
  readonly convolution1: ConvolutionWeights;
  readonly convolution2: ConvolutionWeights;
  readonly dense: LinearWeights;
};

const features = 50;

/** Side of an image after a 5×5 convolution without padding and 2×2 pooling. */
const shrink = (side: number): number => Math.floor((side - 4) / 2);

/**
 * LeNet, as published for MultiMNIST: convolution 10@5×5, pooling, ReLU, convolution 20@5×5, pooling, ReLU, dense to 50, ReLU; no padding.
 *
 * LeCun, Bottou, Bengio, Haffner 1998, section II.B, in the form of Sener, Koltun 2018, https://arxiv.org/abs/1810.04650, appendix. The two
 * dropouts of their code, which they do not rescale at test, are left out.
 */
export default defineBackbone({
  id: "lenet",
  version: "1.0.0",
  title: "LeNet",
  summary: "Two 5×5 convolutions with pooling and a dense layer of 50: the usual trunk for MultiMNIST.",
  reference: {
    title: "Gradient-based learning applied to document recognition",
    authors: ["Yann LeCun", "Léon Bottou", "Yoshua Bengio", "Patrick Haffner"],
    year: 1998,
    url: "https://doi.org/10.1109/5.726791",
  },
  options: z.strictObject({}),
  create({ inputShape }): Backbone<LeNetWeights> {
    const [height = 0, width = 0, channels = 0] = inputShape;
    const flat = shrink(shrink(height)) * shrink(shrink(width)) * 20;
    if (inputShape.length !== 3 || shrink(shrink(height)) < 1 || shrink(shrink(width)) < 1)
      throw new MetabenchError(
        "invalid-protocol",
        `LeNet takes images of at least 16×16 pixels, not inputs of shape [${inputShape.join(", ")}]; give the protocol another backbone.`,
      );
    return {
      features,
      initialise: (random) => ({
        convolution1: pooledConvolution.initialise(random.fork("convolution1"), 5, channels, 10),
        convolution2: pooledConvolution.initialise(random.fork("convolution2"), 5, 10, 20),
        dense: linear.initialise(random.fork("dense"), flat, features),
      }),
      apply(weights, inputs) {
        const valid = { padding: "valid" } as const;
        const first = pooledConvolution.apply(weights.convolution1, inputs as Tensor4D, valid);
        const second = pooledConvolution.apply(weights.convolution2, first, valid);
        const vectors: Tensor2D = reshape(second, [-1, flat]);
        return { embedding: relu(linear.apply(weights.dense, vectors)), statistics: {} };
      },
    };
  },
});
