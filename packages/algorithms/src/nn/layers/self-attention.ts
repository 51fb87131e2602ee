import { matMul, mul, reshape, softmax, transpose } from "@tensorflow/tfjs-core";
import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { UniformSource } from "../initialisers.ts";
import { linear } from "./linear.ts";
import type { LinearWeights } from "./linear.ts";

/** Four projections, each a kernel `[width, width]` with a bias `[width]`. */
export type SelfAttentionWeights = {
  readonly query: LinearWeights;
  readonly key: LinearWeights;
  readonly value: LinearWeights;
  readonly output: LinearWeights;
};

/**
 * Self-attention in several heads among the rows of a matrix: Vaswani et al. 2017, section 3.2.2. https://arxiv.org/abs/1706.03762
 */
export const selfAttention = {
  /** Draws the four projections, each as {@link linear} draws its weights. */
  initialise(random: UniformSource, width: number): SelfAttentionWeights {
    const projection = () => linear.initialise(random, width, width);
    return { query: projection(), key: projection(), value: projection(), output: projection() };
  },

  /** Makes each row a mixture over all rows: `[n, width]` → `[n, width]`. `heads` must divide the width. */
  apply(weights: SelfAttentionWeights, x: Tensor2D, heads: number): Tensor2D {
    const [n, width] = x.shape;
    const perHead = (projection: LinearWeights): Tensor3D =>
      transpose(reshape(linear.apply(projection, x), [n, heads, width / heads]), [1, 0, 2]);
    const scores = mul(
      matMul(perHead(weights.query), perHead(weights.key), false, true),
      Math.sqrt(heads / width),
    );
    const mixed = matMul(softmax(scores), perHead(weights.value));
    return linear.apply(weights.output, reshape(transpose(mixed, [1, 0, 2]), [n, width]));
  },
};
