import { randomStream, type Backbone, type BackbonePlugin, type Weights } from "@metabench/core";
import { gather, square, stack, sum, unstack } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { backboneFor, inScope, startNative } from "../learner.test-support.ts";
import { descend, gradient, uniform } from "../nn/index.ts";
import conv4 from "./conv4.ts";
import lenet from "./lenet.ts";
import multilayerPerceptron from "./multilayer-perceptron.ts";
import { stackedOf } from "./stacked.ts";

beforeAll(startNative);

const tasks = 3;
const close = (got: Tensor | undefined, expected: Tensor): void => {
  const [ours, theirs] = [got?.dataSync() ?? [], expected.dataSync()];
  expect(ours.length).toBe(theirs.length);
  for (const [at, value] of theirs.entries()) expect(ours[at]).toBeCloseTo(value, 4);
};

describe.each<[name: string, plugin: BackbonePlugin, shape: number[]]>([
  ["Conv4", conv4, [20, 17, 3]],
  ["a multilayer perceptron", multilayerPerceptron, [2]],
  ["LeNet, which has no way of its own to stack", lenet, [20, 17, 3]],
])("%s for several tasks at once", (_, plugin, shape) => {
  const embeddings = (statistics: "own" | "given"): [together: Tensor, alone: Tensor[]] => {
    const network: Backbone = backboneFor(plugin, shape);
    const stacked = stackedOf(network);
    const weights = network.initialise(randomStream("weights"));
    const repeated = stacked.repeat(weights, tasks);
    const images = (name: string) => uniform(randomStream(name), [tasks, 4, ...shape], 1);
    const [support, query] = [images("support"), images("query")];
    const first = stacked.apply(repeated, support);
    if (statistics === "own")
      return [first.embedding, unstack(support).map((own) => network.apply(weights, own).embedding)];
    return [
      stacked.apply(repeated, query, first.statistics).embedding,
      unstack(query).map((own, task) => {
        const alone = network.apply(weights, unstack(support)[task] ?? own);
        return network.apply(weights, own, alone.statistics).embedding;
      }),
    ];
  };

  it.each(["own", "given"] as const)("embeds each as it would alone, with %s statistics", (statistics) => {
    inScope(() => {
      const [together, alone] = embeddings(statistics);
      close(together, stack(alone));
    });
  });

  it("joins a set of weights a task, each embedding its own images, and each with a gradient of its own", () => {
    inScope(() => {
      const network: Backbone = backboneFor(plugin, shape);
      const stacked = stackedOf(network);
      const [a, b] = [network.initialise(randomStream("a")), network.initialise(randomStream("b"))];
      const images = uniform(randomStream("images"), [tasks, 4, ...shape], 1);
      const joined = stacked.join([a, b, a]);
      const { embedding } = stacked.apply(joined, images);
      const alone = unstack(images).map((own, task) => network.apply(task === 1 ? b : a, own).embedding);
      close(embedding, stack(alone));
      // The first and the last are one set of weights; a step along the first's gradient moves the first alone.
      const length = (weights: Weights) =>
        sum<Scalar>(square(gather(stacked.apply(weights, images).embedding, [0])));
      const moved = stacked.apply(descend(joined, gradient(length, joined), 0.01), images).embedding;
      const [first, ...others] = unstack(moved);
      expect(first?.dataSync()).not.toEqual(unstack(embedding)[0]?.dataSync());
      for (const [at, other] of others.entries())
        expect(other.dataSync()).toEqual(unstack(embedding)[at + 1]?.dataSync());
    });
  });

  it("gives each task weights of its own: moved along one task's gradient, they move that task alone", () => {
    inScope(() => {
      const network = backboneFor(plugin, shape);
      const stacked = stackedOf(network);
      const repeated = stacked.repeat(network.initialise(randomStream("weights")), tasks);
      const images = uniform(randomStream("images"), [tasks, 4, ...shape], 1);
      const embed = (weights: Weights) => stacked.apply(weights, images).embedding;
      const length = (weights: Weights) => sum<Scalar>(square(gather(embed(weights), [1])));
      const moved = unstack(embed(descend(repeated, gradient(length, repeated), 0.01)));
      for (const [task, before] of unstack(embed(repeated)).entries())
        if (task === 1) expect(moved[task]?.dataSync()).not.toEqual(before.dataSync());
        else expect(moved[task]?.dataSync()).toEqual(before.dataSync());
    });
  });
});
