import { sharingArchitectures } from "./architectures/index.ts";
import { singleTask } from "./architectures/single-task.ts";
import { separateAlgorithm, weightedAlgorithm } from "./plugin.ts";

/** The single-task reference, and a plugin for every architecture that shares. */
export const multiTaskAlgorithms = [
  separateAlgorithm(singleTask),
  ...sharingArchitectures.map(weightedAlgorithm),
];
