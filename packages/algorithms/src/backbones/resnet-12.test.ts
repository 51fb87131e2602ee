import { readFileSync } from "node:fs";
import { randomStream } from "@metabench/core";
import { mean, mul, slice, square, sum, zeros } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { drawer, expectGradients, type GradientSummary } from "../against-pytorch.test-support.ts";
import { backboneFor, inScope, startNative } from "../learner.test-support.ts";
import { descend, gradient, leaves, map, uniform, valueAndGradient, type Weights } from "../nn/index.ts";
import resnet12 from "./resnet-12.ts";

beforeAll(startNative);

/** Made by golden/resnet_12_pytorch.py of this package, which says how. */
const golden = JSON.parse(readFileSync(new URL("resnet-12.golden.json", import.meta.url), "utf8")) as {
  readonly embedding: readonly number[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, GradientSummary>>;
};

/** The script's weights: in the order of the tree, each about its centre. */
function drawn<W extends Weights>(form: W): W {
  const draw = drawer(1);
  return map(form, ({ shape }, path) => {
    if (path.endsWith("scale")) return draw(shape, 0.3, 1);
    if (path.endsWith("offset")) return draw(shape, 0.3);
    const [height = 1, width = 1, inputs = 1] = shape;
    return draw(shape, 1 / Math.sqrt(height * width * inputs));
  });
}

/** 17 pixels a side, so that pooling leaves a row and a column out. */
const network = () => backboneFor(resnet12, [17, 17, 3], { width: 2 });
const images = () => drawer(2)<Tensor4D>([3, 17, 17, 3], 0.5, 0.5);

describe("ResNet-12 against PyTorch's autograd in double precision", () => {
  it("has the same embeddings", () => {
    inScope(() => {
      const { initialise, apply } = network();
      const { embedding } = apply(drawn(initialise(randomStream("form"))), images());
      expect(embedding.shape).toEqual([3, 16]);
      for (const [at, value] of embedding.dataSync().entries())
        expect(value).toBeCloseTo(golden.embedding[at] ?? NaN, 4);
    });
  });

  it("has the same gradient through a step of gradient descent, to 1e-3", () => {
    inScope(() => {
      const { initialise, apply } = network();
      const loss = (w: Weights): Scalar => {
        const { embedding } = apply(w, images());
        return sum(mul(square(embedding), drawer(3)(embedding.shape)));
      };
      const { value, gradient: found } = valueAndGradient(
        (w: Weights) => loss(descend(w, gradient(loss, w, { order: 2 }), 0.1)),
        drawn(initialise(randomStream("form"))),
      );
      expect(Math.abs((value.dataSync()[0] ?? NaN) / golden.loss - 1)).toBeLessThan(1e-3);
      expectGradients(leaves(found), golden.gradients, 1e-3);
    });
  });
});

describe("ResNet-12", () => {
  it("embeds in eight times its width, 512 unless told, whatever the size of the image", () => {
    expect(backboneFor(resnet12, [84, 84, 3]).features).toBe(512);
    expect(backboneFor(resnet12, [32, 32, 3], { width: 4 }).features).toBe(32);
    inScope(() => {
      const { initialise, apply } = backboneFor(resnet12, [16, 37, 1], { width: 1 });
      expect(apply(initialise(randomStream("w")), zeros([2, 16, 37, 1])).embedding.shape).toEqual([2, 8]);
    });
  });

  it("has 7,996,800 weights at its default width on colour images", () => {
    // A block from i to o channels: (9·i + 9·o + 9·o + i)·o and four normalisations of 2·o.
    const block = (i: number, o: number) => (9 * i + 18 * o + i) * o + 8 * o;
    const expected = block(3, 64) + block(64, 128) + block(128, 256) + block(256, 512);
    inScope(() => {
      const weights = backboneFor(resnet12, [84, 84, 3]).initialise(randomStream("w"));
      const count = [...leaves(weights).values()].reduce((total, { size }) => total + size, 0);
      expect([count, expected]).toEqual([7_996_800, 7_996_800]);
    });
  });

  it("normalises one set with the statistics of another, so that no image sees those beside it", () => {
    inScope(() => {
      const { initialise, apply } = network();
      const weights = initialise(randomStream("w"));
      const { statistics } = apply(weights, images());
      const queries = uniform<Tensor4D>(randomStream("queries"), [2, 17, 17, 3], 1);
      const together = apply(weights, queries, statistics).embedding;
      const first = slice(queries, [0, 0, 0, 0], [1, -1, -1, -1]);
      const alone = apply(weights, first, statistics).embedding;
      for (const [at, value] of alone.dataSync().entries())
        expect(together.dataSync()[at]).toBeCloseTo(value, 4);
      // With its own statistics a set gets what it gets without any.
      const again = apply(weights, images(), statistics).embedding.dataSync();
      for (const [at, value] of apply(weights, images()).embedding.dataSync().entries())
        expect(again[at]).toBeCloseTo(value, 4);
    });
  });

  it("stays finite under the statistics of a blank image, on which no channel varies", () => {
    inScope(() => {
      const { initialise, apply } = network();
      const weights = initialise(randomStream("w"));
      const { statistics } = apply(weights, zeros([1, 17, 17, 3]));
      for (const value of apply(weights, images(), statistics).embedding.dataSync())
        expect(Math.abs(value)).toBeLessThan(1e3);
    });
  });

  it("has feature maps where the last two blocks do not pool", () => {
    inScope(() => {
      const { initialise, maps } = network();
      const { embedding } = maps?.apply(initialise(randomStream("w")), images()) ?? {};
      expect(maps?.shape).toEqual([4, 4, 16]);
      expect(embedding?.shape).toEqual([3, 4, 4, 16]);
      expect(mean(embedding ?? zeros([1])).dataSync()[0]).not.toBe(0);
    });
  });

  it("refuses images that its poolings would shrink to nothing", () => {
    expect(() => backboneFor(resnet12, [15, 28, 1])).toThrow(
      /at least 16×16 pixels, not inputs of shape \[15, 28, 1\]/,
    );
    expect(() => backboneFor(resnet12, [2])).toThrow(/at least 16×16/);
  });
});
