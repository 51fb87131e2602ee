import { convBlock, gradient, leaves, map } from "@metabench/algorithms/nn";
import { randomStream } from "@metabench/core";
import { inScope } from "@metabench/harness/learner";
import { keep, randomNormal, sum, type Scalar, type Tensor4D } from "@tensorflow/tfjs-core";
import type { Benchmark } from "./benchmark.ts";

function block(name: string, work: "forward" | "gradient"): Benchmark {
  return {
    group: "block",
    name,
    units: 1,
    prepare() {
      const weights = map(convBlock.initialise(randomStream("bench/block"), 64, 64), (leaf) => keep(leaf));
      const images: Tensor4D = keep(randomNormal([80, 14, 14, 64], 0, 1, "float32", 1));
      const loss = (given: typeof weights) => sum<Scalar>(convBlock.apply(given, images).output);
      return {
        run: () =>
          inScope(() => {
            if (work === "forward") loss(weights);
            else gradient(loss, weights);
          }),
        free: () => {
          for (const leaf of leaves(weights).values()) leaf.dispose();
          images.dispose();
        },
      };
    },
  };
}

/** The block that Conv4 is made of. */
export const blocks: readonly Benchmark[] = [
  block("convolution block, forward", "forward"),
  block("convolution block, forward and gradient", "gradient"),
];
