import { defineAlgorithm } from "@metabench/core";
import { z } from "zod";
import { cosineHead } from "./pretraining/cosine-head.ts";
import { fineTunedHead, headOptions } from "./pretraining/fine-tuned-head.ts";
import { pretrainingOptions, supervisedPretraining } from "./pretraining/supervised-pretraining.ts";

/**
 * Baseline++: as Baseline, with a head that compares directions alone, in training and in testing.
 *
 * Chen, Liu, Kira, Wang, Huang 2019, section 3.2. https://arxiv.org/abs/1904.04232
 *
 * Both heads give p(y | x) = softmax(s) with s_k = scale · cos(w_k, f(x)). For a test task f stays, and W goes down the gradient of the
 * cross-entropy.
 *
 * The paper trains the head with 100 epochs of SGD (rate 0.01, momentum 0.9, dampening 0.9, weight decay 0.001) over batches of four. Here
 * it takes plain steps over the whole support set, so that nothing depends on an order of its images.
 */
export default defineAlgorithm({
  id: "baseline-plus-plus",
  version: "1.0.0",
  title: "Baseline++",
  summary:
    "Learns to tell all training classes apart by cosine similarity, then trains a new cosine head on frozen features for each task.",
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
    scale: z.number().positive().default(10).describe("Factor of the cosines before the softmax."),
    ...headOptions,
  }),
  /**
   * As published, but for the optimiser of the head: a step over the whole support set for each of the paper's epochs. The authors' code takes
   * the scale 10 for heads of more than 200 classes and 2 for others, test tasks included, and learns a norm for each class; here one scale
   * serves both.
   */
  presets: {
    omniglot: { batchSize: 16, rate: 0.001, scale: 10, headSteps: 100, headRate: 0.01 },
    "mini-imagenet": { batchSize: 16, rate: 0.001, scale: 2, headSteps: 100, headRate: 0.01 },
  },
  create(context, { batchSize, rate, scale, headSteps, headRate }) {
    const head = cosineHead(scale);
    return {
      ...supervisedPretraining(context, head, { batchSize, rate }),
      adaptsOn: "embeddings",
      adaptationSteps: headSteps,
      adapt: (support) => fineTunedHead(head, support, context.random.fork("test-head"), headRate),
    };
  },
});
