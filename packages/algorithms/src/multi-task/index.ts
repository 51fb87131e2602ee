import { sharingArchitectures } from "./architectures/index.ts";
import { singleTask } from "./architectures/single-task.ts";
import { multiTaskControls } from "./controls/index.ts";
import { separateAlgorithm, weightedAlgorithm } from "./plugin.ts";

/** The single-task reference, a plugin for every architecture that shares, and the controls. */
export const multiTaskAlgorithms = [
  separateAlgorithm(singleTask),
  ...sharingArchitectures.map(weightedAlgorithm),
  ...multiTaskControls,
];
