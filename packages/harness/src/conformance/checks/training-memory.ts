import { memory } from "@tensorflow/tfjs-core";
import type { Check } from "../check.ts";
import { update } from "../update.ts";

/** An update leaves no tensors behind. */
export const trainingMemory: Check = {
  name: "training-memory",
  sentence: "An update leaves no tensors behind.",
  applies: "all",
  look({ make }) {
    const specimen = make();
    update(specimen, 2); // The first may fill caches.
    const before = memory().numTensors;
    update(specimen, 2);
    const left = memory().numTensors - before;
    return left <= 0
      ? null
      : `Two updates left ${String(left)} tensors behind; remove tf.keep() and variables made in train(), and give variables new values with assign().`;
  },
};
