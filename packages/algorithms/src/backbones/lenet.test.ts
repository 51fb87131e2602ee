import { randomStream } from "@metabench/core";
import { concat, min, slice, zeros } from "@tensorflow/tfjs-core";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { backboneFor, inScope, startNative } from "../learner.test-support.ts";
import { leaves, uniform } from "../nn/index.ts";
import lenet from "./lenet.ts";

beforeAll(startNative);

describe("LeNet", () => {
  it("has 21,330 weights for 28×28 grey images and embeds them in 50 numbers", () => {
    // (5·5·1 + 1)·10 + (5·5·10 + 1)·20 + (4·4·20 + 1)·50
    inScope(() => {
      const network = backboneFor(lenet, [28, 28, 1]);
      const weights = network.initialise(randomStream("weights"));
      expect([...leaves(weights).values()].reduce((sum, { size }) => sum + size, 0)).toBe(21_330);
      const { embedding, statistics } = network.apply(weights, zeros([3, 28, 28, 1]));
      expect(embedding.shape).toEqual([3, network.features]);
      expect(network.features).toBe(50);
      expect(statistics).toEqual({});
    });
  });

  it("embeds each image on its own, in numbers that are not negative", () => {
    inScope(() => {
      const network = backboneFor(lenet, [28, 28, 1]);
      const weights = network.initialise(randomStream("weights"));
      const images = uniform<Tensor4D>(randomStream("images"), [4, 28, 28, 1], 1);
      const { embedding } = network.apply(weights, images);
      expect(min(embedding).dataSync()[0]).toBeGreaterThanOrEqual(0);
      const alone = concat(
        [0, 1, 2, 3].map(
          (at) => network.apply(weights, slice(images, [at, 0, 0, 0], [1, -1, -1, -1])).embedding,
        ),
      ).dataSync();
      for (const [at, value] of embedding.dataSync().entries()) expect(alone[at]).toBeCloseTo(value, 5);
    });
  });

  it("starts from the same weights for the same stream", () => {
    inScope(() => {
      const network = backboneFor(lenet, [28, 28, 1]);
      const values = () =>
        [...leaves(network.initialise(randomStream("weights"))).values()].map((leaf) => [...leaf.dataSync()]);
      expect(values()).toEqual(values());
    });
  });

  it("refuses images that its layers would shrink to nothing", () => {
    expect(() => backboneFor(lenet, [15, 28, 1])).toThrow(
      /at least 16×16 pixels, not inputs of shape \[15, 28, 1\]/,
    );
    expect(() => backboneFor(lenet, [2])).toThrow(/at least 16×16/);
  });
});
