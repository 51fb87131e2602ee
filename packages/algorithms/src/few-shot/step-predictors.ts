import type { Backbone, Predictor, SupportSet, Weights } from "@metabench/core";
import { linear, tidyTree, type LinearWeights } from "../nn/index.ts";
import type { StackedNetwork } from "./stacked-classifier.ts";

/**
 * A predictor with a task's own weights after each step; images are normalised with the statistics of the support set under them. Where a
 * step leaves the body as it was, as ANIL's do, its statistics stay too.
 */
export function* stepPredictors(
  backbone: Backbone,
  steps: Iterable<StackedNetwork>,
  { inputs }: SupportSet,
): Generator<Predictor, void, undefined> {
  let body: Weights | undefined;
  let statistics: Weights | undefined;
  for (const weights of steps) {
    if (weights.body !== body) {
      body = weights.body;
      statistics = tidyTree(() => backbone.apply(weights.body, inputs).statistics);
    }
    const now = statistics;
    const predict: Predictor["predict"] = (images) =>
      linear.apply(weights.head as LinearWeights, backbone.apply(weights.body, images, now).embedding);
    yield { predict };
  }
}
