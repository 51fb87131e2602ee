import { matMul, mul, type Tensor2D } from "@tensorflow/tfjs-core";
import { fanInUniform, unitLength } from "../../nn/index.ts";
import type { Head } from "./supervised-pretraining.ts";

/** A direction for each class: kernel [classes, features]. */
type CosineWeights = { readonly kernel: Tensor2D };

/**
 * A classifier by cosine similarity: logits `scale · xᵀw / (‖x‖ ‖w‖)`, [n, features] → [n, classes].
 *
 * Chen et al. 2019, section 3.2. https://arxiv.org/abs/1904.04232
 */
export const cosineHead = (scale: number): Head<CosineWeights> => ({
  initialise: (random, features, classes) => ({
    kernel: fanInUniform<Tensor2D>(random, [classes, features], features),
  }),
  apply: ({ kernel }, embeddings) =>
    mul(matMul(unitLength(embeddings), unitLength(kernel), false, true), scale),
});
