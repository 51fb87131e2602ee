import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Predictor, Random, SupportSet, Weights } from "@metabench/core";
import { crossEntropy, descend, gradient, iterate } from "../../nn/index.ts";
import { z } from "zod";
import type { Head } from "./supervised-pretraining.ts";

/** Options of methods that train a head on the support set. */
export const headOptions = {
  headSteps: z
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .describe("Steps of gradient descent on the head of a test task."),
  headRate: z.number().positive().default(0.1).describe("Step size of the head of a test task."),
};

/** A fresh head after 0, 1, 2, … plain steps of gradient descent over a whole support set of embeddings `[ways · shots, features]`. */
export function* fineTunedHead<H extends Weights>(
  head: Head<H>,
  { inputs, labels, ways }: SupportSet<Tensor>,
  random: Random,
  rate: number,
): Generator<Predictor<Tensor>> {
  const embeddings = inputs as Tensor2D;
  const fresh = head.initialise(random, embeddings.shape[1], ways);
  const step = (weights: H) =>
    descend(
      weights,
      gradient((w) => crossEntropy(head.apply(w, embeddings), labels), weights),
      rate,
    );
  for (const weights of iterate(fresh, step))
    yield { predict: (queries) => head.apply(weights, queries as Tensor2D) };
}
