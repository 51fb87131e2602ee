import { randomStream } from "@metabench/core";
import { concat, reshape, tile, tensor4d, type Tensor2D, type Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import conv4 from "../../backbones/conv4.ts";
import { backboneFor, inScope, learnerContext, startNative } from "../../learner.test-support.ts";
import { convBlock, leaves, linear, relu } from "../../nn/index.ts";
import { relationModule } from "./relation-module.ts";
import relationNetworks from "../relation-networks.ts";

beforeAll(startNative, 60_000);

const maps = (count: number, stream: string): Tensor4D => {
  const random = randomStream(stream);
  const size = count * 4 * 4 * 3;
  return tensor4d(
    Float32Array.from({ length: size }, () => random.uniform()),
    [count, 4, 4, 3],
  );
};

describe("the relation module", () => {
  it("scores every pair of a query and a class as if their maps lay side by side", () => {
    inScope(() => {
      const relation = relationModule([4, 4, 3], 8);
      const weights = relation.initialise(randomStream("relation"));
      const [queries, classes] = [maps(3, "queries"), maps(2, "classes")];
      const { embedding, statistics } = relation.apply(weights, queries, classes);

      // Pair by pair: query 0 with class 0, query 0 with class 1, query 1 with class 0, …
      const asked = reshape(tile(reshape(queries, [3, 1, 48]), [1, 2, 1]), [6, 4, 4, 3]);
      const sides = concat<Tensor4D>([tile<Tensor4D>(classes, [3, 1, 1, 1]), asked as Tensor4D], 3);
      const first = convBlock.apply(weights.first, sides);
      const second = convBlock.apply(weights.second, first.output);
      const vectors = relu(linear.apply(weights.hidden, reshape(second.output, [6, 3])));
      const expected: Tensor2D = reshape(linear.apply(weights.score, vectors), [3, 2]);

      const values = expected.dataSync();
      for (const [at, value] of embedding.dataSync().entries())
        expect(value).toBeCloseTo(values[at] ?? NaN, 4);
      const theirs = leaves({ first: first.statistics, second: second.statistics });
      for (const [path, leaf] of leaves(statistics))
        for (const [at, value] of leaf.dataSync().entries())
          expect(value, path).toBeCloseTo(theirs.get(path)?.dataSync()[at] ?? NaN, 4);
    });
  });

  it("refuses maps that two poolings leave nothing of", () => {
    expect(() => relationModule([3, 8, 4], 8)).toThrow(/at least 4×4 places, not 3×8/);
  });
});

describe("relation networks", () => {
  it("refuse a backbone without feature maps", () => {
    const { features, initialise, apply } = backboneFor(conv4, [16, 16, 1], { width: 4 });
    const task = { ways: 5, shots: 1, queries: 5, image: [16, 16, 1] as const, trainingClasses: 12 };
    const context = { ...learnerContext({ features, initialise, apply }), task };
    expect(() => relationNetworks.instantiate(context, {})).toThrow(/choose conv4/);
  });

  it("are given maps by Conv4 whose last two blocks do not pool", () => {
    inScope(() => {
      const backbone = backboneFor(conv4, [28, 28, 1], { width: 4 });
      const weights = backbone.initialise(randomStream("conv4"));
      const images = reshape<Tensor4D["rankType"]>(maps(49, "images"), [3, 28, 28, 1]);
      expect(backbone.maps?.shape).toEqual([7, 7, 4]);
      expect(backbone.maps?.apply(weights, images).embedding.shape).toEqual([3, 7, 7, 4]);
    });
  });
});
