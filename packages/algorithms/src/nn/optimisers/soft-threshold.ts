import { abs, mul, relu, sign, sub } from "@tensorflow/tfjs-core";
import type { Variable } from "@tensorflow/tfjs-core";
import { leaves } from "../tree.ts";
import type { Weights } from "../tree.ts";

/**
 * The proximal step of an L1 penalty: every kernel, that is every tensor of rank 2 or more, is moved towards 0 by `threshold` and stays
 * there once it has arrived. Biases, scales of normalisation and learned scalars are left alone.
 *
 * w ← sign(w) · max(0, |w| − threshold). Parikh, Boyd 2014, section 6.5.2. https://web.stanford.edu/~boyd/papers/prox_algs.html
 */
export function softThreshold(weights: Weights, threshold: number): void {
  for (const leaf of leaves(weights).values())
    if (leaf.rank >= 2) (leaf as Variable).assign(mul(sign(leaf), relu(sub(abs(leaf), threshold))));
}
