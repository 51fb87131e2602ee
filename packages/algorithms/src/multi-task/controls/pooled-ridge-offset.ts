import { add, tensor1d, zeros, type Tensor1D } from "@tensorflow/tfjs-core";
import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { linear, type LinearWeights } from "../../nn/index.ts";
import { closedFormLearner, commonOutputs, ofTask } from "./closed-form.ts";
import { emptyModel, linearModel } from "./linear-model.ts";
import { penalty, ridgePaper } from "./penalty.ts";
import { ridge } from "./ridge.ts";

type Shifted = { readonly model: LinearWeights; readonly offsets: Readonly<Record<string, Tensor1D>> };

const title = "Pooled ridge with offsets";

/**
 * One ridge regression for all tasks with an offset per task: ŷ = Wᵀ x + b + cₜ, with W, b and c that minimise
 * Σᵢ ‖ŷᵢ − yᵢ‖² + λ (‖W‖² + Σₜ ‖cₜ‖²) over the examples of all tasks.
 */
export const pooledRidgeOffset = defineAlgorithm({
  id: "pooled-ridge-offset",
  version: "1.0.0",
  title,
  summary: "Fits one linear model to the examples of all tasks, and shifts it for each task by an offset.",
  reference: ridgePaper,
  regime: "multi-task",
  target: "values",
  role: "control",
  options: z.strictObject({ penalty }),
  create: (context, { penalty }) =>
    closedFormLearner<Shifted>(context, title, (tasks, features) => {
      const outputs = commonOutputs(tasks, title);
      return {
        initialise: () => ({
          model: emptyModel(features, outputs),
          offsets: Object.fromEntries(tasks.map(({ id }) => [id, zeros([outputs])])),
        }),
        fit: (examples) => {
          const solution = ridge(examples.flat(), { features, outputs, groups: tasks.length, penalty });
          return {
            model: linearModel(solution, features),
            offsets: Object.fromEntries(
              tasks.map(({ id }, task) => [
                id,
                tensor1d(solution.offsets.subarray(task * outputs, (task + 1) * outputs)),
              ]),
            ),
          };
        },
        predict: ({ model, offsets }, task, inputs) =>
          add(linear.apply(model, inputs), ofTask(offsets, task)),
      };
    }),
});
