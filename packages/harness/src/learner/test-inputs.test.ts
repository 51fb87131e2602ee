import type { FewShotLearner } from "@metabench/core";
import { add, mean, reshape, sub, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../backend/index.ts";
import { testInputs } from "./test-inputs.ts";

beforeAll(async () => {
  await startBackend({ prefer: "auto", threads: 1 });
});

/** What is told of an encoder on twenty images of four pixels. */
function toldOf(encode: (pixels: Tensor) => Tensor): boolean {
  const learner: FewShotLearner = {
    parameters: {},
    state: {},
    trainsOn: "nothing",
    adaptsOn: "embeddings",
    encode: (images: Tensor4D) => encode(reshape(images, [-1, 4])),
    adaptationSteps: 0,
    adapt: () => [],
  };
  const { transductive, release } = testInputs(learner, {
    images: Uint8Array.from({ length: 80 }, (_, at) => (at * 37) % 256),
    image: [2, 2, 1],
    normalisation: { mean: [0.5], deviation: [0.5] },
  });
  release();
  return transductive;
}

describe("an encoder is told to be transductive", () => {
  it("not where each image's embedding is its own", () => {
    expect(toldOf((pixels) => pixels)).toBe(false);
    expect(toldOf((pixels) => add(pixels, 1000))).toBe(false);
  });

  it("where it centres images over their batch, behind a constant or not", () => {
    expect(toldOf((pixels) => sub(pixels, mean(pixels, 0)))).toBe(true);
    expect(toldOf((pixels) => add(sub(pixels, mean(pixels, 0)), 1000))).toBe(true);
  });
});
