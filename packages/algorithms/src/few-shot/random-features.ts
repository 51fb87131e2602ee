import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { named, variables } from "../nn/index.ts";
import { nearestMean } from "./embedding/nearest-mean.ts";

/**
 * Prototypes in the embedding of an encoder that was never trained: what the architecture gives away.
 *
 * Queries are normalised with the statistics of the support set.
 */
export default defineAlgorithm({
  id: "random-features",
  version: "1.0.0",
  title: "Random features",
  summary: "Class means in the embedding of the backbone at its random initial weights. Nothing is learned.",
  reference: null,
  regime: "few-shot",
  target: "class",
  role: "control",
  options: z.strictObject({}),
  create({ backbone, random }) {
    const body = variables(backbone.initialise(random.fork("body")));
    return {
      parameters: named(body, "body."),
      state: {},
      trainsOn: "nothing",
      adaptsOn: "images",
      adaptationSteps: 0,
      adapt: function* (support) {
        const { embedding, statistics } = backbone.apply(body, support.inputs);
        const { predict } = nearestMean({ ...support, inputs: embedding });
        yield { predict: (images) => predict(backbone.apply(body, images, statistics).embedding) };
      },
    };
  },
});
