import type { Backbone, Predictor, SupportSet, Weights } from "@metabench/core";
import { linear, tidyTree, type LinearWeights } from "../../nn/index.ts";
import type { StackedNetwork } from "./stacked-classifier.ts";

/**
 * A predictor with a task's own weights after each step; images are normalised with the statistics of the support set under them. Adaptation
 * is over with the `headline` step, and so are the statistics under its weights; under other steps' they are found when a prediction is
 * asked for. Where a step leaves the body as it was, as ANIL's do, its statistics stay too.
 */
export function* stepPredictors(
  backbone: Backbone,
  steps: Iterable<StackedNetwork>,
  { inputs }: SupportSet,
  headline: number,
): Generator<Predictor, void, undefined> {
  const statisticsOf = (body: Weights) => backbone.apply(body, inputs).statistics;
  let before: Weights | undefined;
  let known: Weights | undefined;
  let step = 0;
  for (const { body, head } of steps) {
    const stays = body === before;
    if (!stays) known = undefined;
    if (step === headline || stays) known ??= tidyTree(() => statisticsOf(body));
    const statistics = known;
    const predict: Predictor["predict"] = (images) =>
      linear.apply(
        head as LinearWeights,
        backbone.apply(body, images, statistics ?? statisticsOf(body)).embedding,
      );
    yield { predict };
    before = body;
    step += 1;
  }
}
