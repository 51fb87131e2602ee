import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { linear } from "../nn/index.ts";
import { fineTunedHead, headOptions } from "./pretraining/fine-tuned-head.ts";
import { pretrainingOptions, supervisedPretraining } from "./pretraining/supervised-pretraining.ts";

/**
 * Baseline: supervised training on all training classes at once; for a test task the encoder is frozen and a fresh linear head is trained
 * on the support set.
 *
 * Chen, Liu, Kira, Wang, Huang 2019, section 3.2. https://arxiv.org/abs/1904.04232
 *
 * Both heads give p(y | x) = softmax(Wᵀ f(x) + b). For a test task f stays, and W and b go down the gradient of the cross-entropy.
 *
 * The paper trains the head with 100 epochs of SGD (rate 0.01, momentum 0.9, dampening 0.9, weight decay 0.001) over batches of four. Here
 * it takes plain steps over the whole support set, so that nothing depends on an order of its images.
 */
export default defineAlgorithm({
  id: "baseline",
  version: "1.0.0",
  title: "Baseline",
  summary:
    "Learns to tell all training classes apart, then trains a new linear head on frozen features for each task.",
  reference: {
    title: "A Closer Look at Few-shot Classification",
    authors: ["Wei-Yu Chen", "Yen-Cheng Liu", "Zsolt Kira", "Yu-Chiang Frank Wang", "Jia-Bin Huang"],
    year: 2019,
    url: "https://arxiv.org/abs/1904.04232",
  },
  regime: "few-shot",
  target: "class",
  options: z.strictObject({
    ...pretrainingOptions,
    ...headOptions,
  }),
  /** As published, but for the optimiser of the head: a step over the whole support set for each of the paper's epochs. */
  presets: { "mini-imagenet": { batchSize: 16, rate: 0.001, headSteps: 100, headRate: 0.01 } },
  create: (context, { batchSize, rate, headSteps, headRate }) => ({
    ...supervisedPretraining(context, linear, { batchSize, rate }),
    adaptsOn: "embeddings",
    adaptationSteps: headSteps,
    adapt: (support) => fineTunedHead(linear, support, context.random.fork("test-head"), headRate),
  }),
});
