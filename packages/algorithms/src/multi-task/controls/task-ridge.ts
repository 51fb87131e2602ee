import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { linear, type LinearWeights } from "../../nn/index.ts";
import { closedFormLearner, ofTask } from "./closed-form.ts";
import { emptyModel, linearModel } from "./linear-model.ts";
import { penalty, ridgePaper } from "./penalty.ts";
import { ridge } from "./ridge.ts";

const title = "Ridge per task";

/**
 * A ridge regression of its own for every task t: ŷ = Wₜᵀ x + bₜ, with Wₜ and bₜ that minimise Σᵢ ‖ŷᵢ − yᵢ‖² + λ ‖Wₜ‖² over its examples.
 */
export const taskRidge = defineAlgorithm({
  id: "task-ridge",
  version: "1.0.0",
  title,
  summary: "Fits a linear model of its own to every task: what linear models reach without sharing.",
  reference: ridgePaper,
  regime: "multi-task",
  target: "values",
  role: "control",
  options: z.strictObject({ penalty }),
  create: (context, { penalty }) =>
    closedFormLearner<Readonly<Record<string, LinearWeights>>>(context, title, (tasks, features) => ({
      initialise: () =>
        Object.fromEntries(tasks.map(({ id, outputs }) => [id, emptyModel(features, outputs)])),
      fit: (examples) =>
        Object.fromEntries(
          tasks.map(({ id, outputs }, task) => {
            const own = (examples[task] ?? []).map(({ input, target }) => ({ input, target }));
            return [id, linearModel(ridge(own, { features, outputs, groups: 0, penalty }), features)];
          }),
        ),
      predict: (models, task, inputs) => linear.apply(ofTask(models, task), inputs),
    })),
});
