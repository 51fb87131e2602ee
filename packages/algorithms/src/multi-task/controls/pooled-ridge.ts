import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { linear, type LinearWeights } from "../../nn/index.ts";
import { closedFormLearner, commonOutputs } from "./closed-form.ts";
import { emptyModel, linearModel } from "./linear-model.ts";
import { penalty, ridgePaper } from "./penalty.ts";
import { ridge } from "./ridge.ts";

const title = "Pooled ridge";

/** One ridge regression for all tasks: ŷ = Wᵀ x + b, with W and b that minimise Σᵢ ‖ŷᵢ − yᵢ‖² + λ ‖W‖² over the examples of all tasks. */
export const pooledRidge = defineAlgorithm({
  id: "pooled-ridge",
  version: "1.0.0",
  title,
  summary: "Fits one linear model to the examples of all tasks, as if they were one task.",
  reference: ridgePaper,
  regime: "multi-task",
  target: "values",
  role: "control",
  options: z.strictObject({ penalty }),
  create: (context, { penalty }) =>
    closedFormLearner<LinearWeights>(context, title, (tasks, features) => {
      const outputs = commonOutputs(tasks, title);
      return {
        initialise: () => emptyModel(features, outputs),
        fit: (examples) => {
          const all = examples.flat().map(({ input, target }) => ({ input, target }));
          return linearModel(ridge(all, { features, outputs, groups: 0, penalty }), features);
        },
        predict: (model, _, inputs) => linear.apply(model, inputs),
      };
    }),
});
