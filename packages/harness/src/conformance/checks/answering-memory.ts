import { memory } from "@tensorflow/tfjs-core";
import type { Check } from "../check.ts";
import type { Specimen } from "../specimen.ts";

const bytesOf = ({ learner }: Specimen) =>
  Object.values(learner.parameters).reduce((sum, { size }) => sum + 4 * size, 0);

/** Adaptation and prediction leave no tensors behind, and a step does not hold on to the weights of the one before. */
export const answeringMemory: Check = {
  name: "answering-memory",
  sentence:
    "Adaptation and prediction leave no tensors behind, and a long adaptation frees the weights of the step before.",
  settings: ["few-shot-classification", "few-shot-regression", "multi-task"],
  look({ make }) {
    const specimen = make();
    specimen.ask();
    const before = memory().numTensors;
    specimen.ask({ task: 1 });
    specimen.ask();
    const left = memory().numTensors - before;
    if (left > 0)
      return `Two test tasks left ${String(left)} tensors behind; take out tf.keep() and variables made in adapt(), encode() or predict().`;
    if (specimen.adaptation === null || specimen.ask({ steps: specimen.adaptation.curve }).length === 1)
      return null;
    const asked = specimen.ask({ steps: [10, 20] });
    const [early, late] = ["step 10", "step 20"].map((step) => asked.find(({ of }) => of === step));
    if (!early || !late) return null;
    const grown = (late.bytesBefore - early.bytesBefore) / 10;
    return grown < bytesOf(specimen)
      ? null
      : `Each adaptation step adds ${String(Math.round(grown))} bytes to what is held; free what a step leaves (iterate of @metabench/algorithms/nn does).`;
  },
};
