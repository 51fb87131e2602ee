import { tensor1d, tensor2d, zeros } from "@tensorflow/tfjs-core";
import type { LinearWeights } from "../../nn/index.ts";
import type { RidgeSolution } from "./ridge.ts";

/** A linear model that predicts 0. */
export const emptyModel = (features: number, outputs: number): LinearWeights => ({
  kernel: zeros([features, outputs]),
  bias: zeros([outputs]),
});

/** The linear model of a solution, without its offsets. */
export const linearModel = ({ kernel, bias }: RidgeSolution, features: number): LinearWeights => ({
  kernel: tensor2d(kernel, [features, bias.length]),
  bias: tensor1d(bias),
});
