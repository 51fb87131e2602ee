import type { Tensor4D } from "@tensorflow/tfjs-core";
import { defineAlgorithm, type LabelledSet } from "@metabench/core";
import { z } from "zod";
import { crossEntropy, descend, gradient, iterate, linear, named, variables } from "../nn/index.ts";
import { narrowed } from "./inner-loop/inner-loop.ts";
import type { Network } from "./inner-loop/stacked-classifier.ts";
import { stepPredictors } from "./inner-loop/step-predictors.ts";

/**
 * Learns every task alone: backbone and linear head at their random initial weights, trained on the support set by gradient descent over
 * the whole of it. What learning from other tasks must beat; where it loses, transfer was negative.
 *
 * Queries are normalised with the statistics of the support set under the weights of that step.
 */
export default defineAlgorithm({
  id: "from-scratch",
  version: "1.0.0",
  title: "From scratch",
  summary:
    "Trains the backbone anew on the support set of each task alone: the reference for negative transfer.",
  reference: null,
  regime: "few-shot",
  target: "class",
  role: "control",
  options: z.strictObject({
    steps: z.int().min(1).max(1000).default(20).describe("Steps of gradient descent on the support set."),
    rate: z.number().positive().default(0.1).describe("Step size of gradient descent."),
  }),
  create({ backbone, task, random }, { steps, rate }) {
    const initial = variables<Network>({
      body: backbone.initialise(random.fork("body")),
      head: linear.initialise(random.fork("head"), backbone.features, task.ways),
    });
    const logits = ({ body, head }: Network, images: Tensor4D) =>
      linear.apply(head, backbone.apply(body, images).embedding);
    const step = (weights: Network, { inputs, labels }: LabelledSet) =>
      descend(
        weights,
        gradient((w) => crossEntropy(logits(w, inputs), labels), weights),
        rate,
      );

    return {
      parameters: named(initial),
      state: {},
      trainsOn: "nothing",
      adaptsOn: "images",
      adaptationSteps: steps,
      *adapt(support) {
        const start = { body: initial.body, head: narrowed(initial.head, support.ways) };
        yield* stepPredictors(
          backbone,
          iterate<Network>(start, (weights) => step(weights, support)),
          support,
          steps,
        );
      },
    };
  },
});
