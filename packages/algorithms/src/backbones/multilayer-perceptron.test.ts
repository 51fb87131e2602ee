import { randomStream } from "@metabench/core";
import { reshape, slice, stack } from "@tensorflow/tfjs-core";
import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { backboneFor, inScope, startNative } from "../learner.test-support.ts";
import { leaves, uniform, zip } from "../nn/index.ts";
import multilayerPerceptron from "./multilayer-perceptron.ts";

beforeAll(startNative);

describe("multilayer perceptron", () => {
  it("has two hidden layers of 40 unless told", () => {
    inScope(() => {
      const network = backboneFor(multilayerPerceptron, [1]);
      const shapes = [...leaves(network.initialise(randomStream("weights")))].map(([path, { shape }]) => [
        path,
        shape,
      ]);
      expect(shapes).toEqual([
        ["dense1.kernel", [1, 40]],
        ["dense1.bias", [40]],
        ["dense2.kernel", [40, 40]],
        ["dense2.bias", [40]],
      ]);
    });
  });

  it("embeds stacked inputs with stacked weights, each with its own", () => {
    inScope(() => {
      const network = backboneFor(multilayerPerceptron, [2], { hidden: [7, 3] });
      expect(network.features).toBe(3);
      const [a, b] = [network.initialise(randomStream("a")), network.initialise(randomStream("b"))];
      const both = zip(a, b, (one, other) => stack([one, other]));
      const x = uniform<Tensor3D>(randomStream("x"), [2, 4, 2], 1);
      const stacked = network.apply(both, x).embedding.dataSync();
      const alone = [a, b].flatMap((weights, at) => {
        const own: Tensor2D = reshape(slice(x, [at, 0, 0], [1, -1, -1]), [4, 2]);
        return [...network.apply(weights, own).embedding.dataSync()];
      });
      expect(stacked).toHaveLength(24);
      for (const [at, value] of alone.entries()) expect(stacked[at]).toBeCloseTo(value, 5);
    });
  });

  it("refuses images", () => {
    expect(() => backboneFor(multilayerPerceptron, [28, 28, 1])).toThrow(
      /takes vectors, not inputs of shape \[28, 28, 1\]/,
    );
  });
});
