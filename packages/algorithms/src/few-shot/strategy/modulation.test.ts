import { randomStream } from "@metabench/core";
import { add, mul, reshape, tensor1d, tensor2d, type Tensor1D, type Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { inScope, startNative } from "../../learner.test-support.ts";
import { convBlock, linear, uniform } from "../../nn/index.ts";
import { modulate, modulatedLayers } from "./modulation.ts";

beforeAll(startNative, 60_000);

const gammas = () => tensor1d([0.5, -0.25, 2]);
const betas = () => tensor1d([1, -2, 0.5]);

describe("modulation", () => {
  it("scales and shifts what a normalising layer puts out, channel by channel", () => {
    inScope(() => {
      const random = randomStream("modulation");
      const body = { block: convBlock.initialise(random, 1, 3) };
      const images = reshape<Tensor4D["rankType"]>(
        uniform<Tensor1D>(random, [32], 1),
        [2, 4, 4, 1],
      ) as Tensor4D;
      const layers = modulatedLayers(body);
      expect(layers).toEqual([{ gain: "block.norm.scale", shift: "block.norm.offset", channels: 3 }]);
      const plain = convBlock.normalise(body.block, images).output;
      const modulated = convBlock.normalise(modulate(body, layers, gammas(), betas()).block, images).output;
      const expected = add(mul(plain, add(gammas(), 1)), betas()).dataSync();
      for (const [at, value] of modulated.dataSync().entries())
        expect(value).toBeCloseTo(expected[at] ?? NaN, 4);
    });
  });

  it("scales and shifts every layer's output where none normalises", () => {
    inScope(() => {
      const layer = { kernel: tensor2d([[1, 2, 3]]), bias: tensor1d([4, 5, 6]) };
      const { kernel, bias } = modulate(layer, modulatedLayers(layer), gammas(), betas());
      // On paper, for an input of 1: (1 + 4) · 1.5 + 1, (2 + 5) · 0.75 − 2, (3 + 6) · 3 + 0.5.
      expect([...linear.apply({ kernel, bias }, tensor2d([[1]])).dataSync()]).toEqual([8.5, 3.25, 27.5]);
    });
  });
});
