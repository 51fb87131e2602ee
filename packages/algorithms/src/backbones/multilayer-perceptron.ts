import { stack, type Tensor, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { defineBackbone, MetabenchError, type Backbone } from "@metabench/core";
import { z } from "zod";
import { joinTrees, linear, relu, repeat, stackedLinear, type LinearWeights } from "../nn/index.ts";

type PerceptronWeights = { readonly [layer: string]: LinearWeights };

/** The layers one after the other; plain or, with weights and inputs stacked a task, each task's in one batched product. */
const embed = (weights: PerceptronWeights, inputs: Tensor): Tensor =>
  Object.values(weights).reduce((below, layer) => relu(stackedLinear(layer, below)), inputs);

/** Dense layers with ReLU: `[n, inputs]` → `[n, features]`. The default is the network of Finn, Abbeel, Levine 2017, section 5.1. */
export default defineBackbone({
  id: "multilayer-perceptron",
  version: "1.0.0",
  title: "Multilayer perceptron",
  summary: "Dense layers with ReLU; two of 40 units for sinusoids, as MAML was published with.",
  reference: {
    title: "Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks",
    authors: ["Chelsea Finn", "Pieter Abbeel", "Sergey Levine"],
    year: 2017,
    url: "https://arxiv.org/abs/1703.03400",
  },
  inputs: ["vector"],
  options: z.strictObject({
    hidden: z
      .array(z.int().min(1))
      .min(1)
      .default([40, 40])
      .describe("Units of each hidden layer; the last is the embedding."),
  }),
  create({ inputShape }, { hidden }): Backbone<PerceptronWeights> {
    const [inputs = 0] = inputShape;
    if (inputShape.length !== 1)
      throw new MetabenchError(
        "invalid-protocol",
        `The multilayer perceptron takes vectors, not inputs of shape [${inputShape.join(", ")}]; give the protocol another backbone.`,
      );
    const layers = hidden.map((outputs, layer) => ({
      name: `dense${String(layer + 1)}`,
      inputs: hidden[layer - 1] ?? inputs,
      outputs,
    }));
    return {
      features: hidden.at(-1) ?? inputs,
      initialise: (random) =>
        Object.fromEntries(
          layers.map(({ name, inputs, outputs }) => [
            name,
            linear.initialise(random.fork(name), inputs, outputs),
          ]),
        ),
      apply: (weights, inputs) => ({ embedding: embed(weights, inputs) as Tensor2D, statistics: {} }),
      stacked: {
        repeat,
        join: (weights) => joinTrees(weights, (leaves) => stack([...leaves])),
        apply: (weights, inputs) => ({
          embedding: embed(weights as PerceptronWeights, inputs) as Tensor3D,
          statistics: {},
        }),
      },
    };
  },
});
