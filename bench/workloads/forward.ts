import { leaves } from "@metabench/algorithms/nn";
import { randomStream } from "@metabench/core";
import { inScope } from "@metabench/harness/learner";
import { keep, randomUniform, sum } from "@tensorflow/tfjs-core";
import { backbone } from "./trial.ts";
import type { Work } from "./work.ts";

/** Conv4-64 on a batch of images, with the batch's statistics and no gradient. */
export function forward(images: number): Work {
  const { initialise, apply } = backbone("conv4");
  const weights = initialise(randomStream("bench/forward"));
  const inputs = keep(randomUniform([images, 28, 28, 1], 0, 1, "float32", 1));
  return {
    parameters: [...leaves(weights).values()].reduce((total, { size }) => total + size, 0),
    units: 1,
    run: () => inScope(() => sum(apply(weights, inputs).embedding).dataSync()[0] ?? NaN),
  };
}
