import { expandDims, tensor1d, tile, zeros, type Tensor1D } from "@tensorflow/tfjs-core";
import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { closedFormLearner, ofTask } from "./closed-form.ts";

const title = "Task mean";

/** The mean of a task's training targets, whatever the input: ŷ = (1 / nₜ) Σᵢ yᵢ. */
export const taskMean = defineAlgorithm({
  id: "task-mean",
  version: "1.0.0",
  title,
  summary: "Predicts the mean of the task's training targets, whatever the input.",
  reference: null,
  regime: "multi-task",
  target: "values",
  role: "control",
  options: z.strictObject({}),
  create: (context) =>
    closedFormLearner<Readonly<Record<string, Tensor1D>>>(context, title, (tasks) => ({
      initialise: () => Object.fromEntries(tasks.map(({ id, outputs }) => [id, zeros([outputs])])),
      fit: (examples) =>
        Object.fromEntries(
          tasks.map(({ id, outputs }, task) => {
            const own = examples[task] ?? [];
            const sums = new Float64Array(outputs);
            for (const { target } of own)
              for (let at = 0; at < outputs; at += 1) sums[at] = (sums[at] ?? 0) + (target[at] ?? NaN);
            return [id, tensor1d(Array.from(sums, (sum) => sum / own.length))];
          }),
        ),
      predict: (means, task, inputs) => tile(expandDims(ofTask(means, task)), [inputs.shape[0], 1]),
    })),
});
