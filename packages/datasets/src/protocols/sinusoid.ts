import { defineProtocol } from "@metabench/core";

/** Few-shot regression of sine waves from 5, 10 and 20 points. */
export const sinusoidProtocols = [5, 10, 20].map((shots) =>
  defineProtocol({
    kind: "few-shot-regression",
    id: `few-shot/sinusoid/${String(shots)}-shot`,
    version: 1,
    title: `Sinusoids, ${String(shots)}-shot`,
    summary: `A sine wave of unknown amplitude and phase is to be predicted from ${String(shots)} of its points.`,
    dataset: { id: "sinusoid" },
    backbone: { id: "multilayer-perceptron", options: { hidden: [40, 40] } },
    shots,
    queries: 100,
    curveSteps: 10,
    tiers: {
      quick: {
        seeds: 1,
        budget: { images: 2_000_000, validateEvery: 500_000 },
        validationEpisodes: 100,
        testEpisodes: 200,
      },
      standard: {
        seeds: 3,
        budget: { images: 15_000_000, validateEvery: 1_500_000 },
        validationEpisodes: 200,
        testEpisodes: 1000,
      },
      full: {
        seeds: 5,
        budget: { images: 35_000_000, validateEvery: 3_500_000 },
        validationEpisodes: 200,
        testEpisodes: 2000,
      },
    },
  }),
);
