import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { nearestMean } from "./embedding/nearest-mean.ts";

/** The nearest class mean in pixel space: what the images give away without learning. */
export default defineAlgorithm({
  id: "pixel-centroids",
  version: "1.0.0",
  title: "Pixel centroids",
  summary:
    "Compares each image with the mean support image of every class, pixel by pixel. Nothing is learned.",
  reference: null,
  regime: "few-shot",
  target: "class",
  role: "control",
  options: z.strictObject({}),
  create: () => ({
    parameters: {},
    state: {},
    trainsOn: "nothing",
    adaptsOn: "images",
    adaptationSteps: 0,
    adapt: function* (support) {
      yield nearestMean(support);
    },
  }),
});
