import type { Check } from "../check.ts";
import { held, type Held } from "../held.ts";
import type { Answer } from "../specimen.ts";

/** Steps between two looks at what is held. */
const apart = 10;
const looks = [apart, 2 * apart, 3 * apart];

const some = (count: number, what: string) => `${String(count)} ${what}${count === 1 ? "" : "s"}`;

/** What every step adds, of tensors or of bytes. What is kept once, as statistics under the weights of the headline, does not count. */
function growth(answers: readonly Answer[], of: keyof Held): number {
  const [first = 0, second = 0, third = 0] = answers.map(({ heldBefore }) => heldBefore[of]);
  return Math.max(0, Math.min(second - first, third - second) / apart);
}

/** Adaptation and prediction leave no tensors behind, and what is held does not grow with the number of steps. */
export const answeringMemory: Check = {
  name: "answering-memory",
  sentence:
    "Adaptation and prediction leave no tensors behind, and a long adaptation holds no more memory than a short one.",
  applies: "all",
  look({ make }) {
    const specimen = make();
    specimen.ask();
    const before = held().tensors;
    specimen.ask({ task: 1 });
    specimen.ask();
    const left = held().tensors - before;
    if (left > 0)
      return `Two test tasks left ${some(left, "tensor")} behind; remove tf.keep() and variables made in adapt(), encode() or predict().`;
    if (specimen.adaptation === null) return null;
    const steps = looks.map((step) => `step ${String(step)}`);
    const answers = specimen.ask({ steps: looks }).filter(({ of }) => steps.includes(of));
    if (answers.length < looks.length) return null;
    const [tensors, bytes] = [growth(answers, "tensors"), growth(answers, "bytes")];
    return tensors === 0 && bytes === 0
      ? null
      : `Each adaptation step adds ${some(tensors, "tensor")} and ${some(bytes, "byte")} to the memory held (between steps ${looks.join(", ")}); free what a step leaves, as iterate of @metabench/algorithms/nn does with weights.`;
  },
};
