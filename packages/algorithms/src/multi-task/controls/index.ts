import type { AlgorithmPlugin } from "@metabench/core";
import { pooledRidge } from "./pooled-ridge.ts";
import { pooledRidgeOffset } from "./pooled-ridge-offset.ts";
import { taskMean } from "./task-mean.ts";
import { taskRidge } from "./task-ridge.ts";

/** Predictors of numbers in closed form, which show what a network has to surpass. */
export const multiTaskControls: readonly AlgorithmPlugin<"multi-task">[] = [
  taskMean,
  taskRidge,
  pooledRidge,
  pooledRidgeOffset,
];
